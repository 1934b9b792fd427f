from community.people.models import Session


def keeps_words(session: Session) -> bool:
    """Whether anything anybody wrote may stay on this phone. Not answered is no."""
    return session.only_mine is True
