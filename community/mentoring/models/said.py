"""What somebody says of themselves and hopes for, the same for who asks for a mentor and who is one."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.foundation import crypto
from community.matching.facts import WishKind
from community.mentoring.plans.codes import GENDERS, STYLES

GENDER_WORDS = {
    "woman": pgettext_lazy("gender", "Woman"),
    "man": pgettext_lazy("gender", "Man"),
    "nonbinary": pgettext_lazy("gender", "Non-binary"),
}
WISH_WORDS = {
    WishKind.ANY: pgettext_lazy("which gender", "It does not matter to me"),
    WishKind.PREFER: pgettext_lazy("which gender", "I would like one of these, if it can be"),
    WishKind.NEED: pgettext_lazy("which gender", "It has to be one of these"),
}
PATHWAY_WORDS = {
    "twelve_step": pgettext_lazy("way of recovery", "Twelve steps"),
    "smart": pgettext_lazy("way of recovery", "SMART tools"),
    "cbt_dbt": pgettext_lazy("way of recovery", "CBT or DBT skills"),
    "faith": pgettext_lazy("way of recovery", "Faith"),
    "secular": pgettext_lazy("way of recovery", "A way without faith"),
}
STYLE_WORDS = {
    "listener": pgettext_lazy("way of being a mentor", "Mostly listening"),
    "structured": pgettext_lazy("way of being a mentor", "With a plan and steps"),
}
LANGUAGE_WORDS = {
    "en": _("English"), "es": _("Spanish"), "ase": _("American Sign Language"), "ar": _("Arabic"), "fr": _("French"),
    "ht": _("Haitian Creole"), "ko": _("Korean"), "pt": _("Portuguese"), "ru": _("Russian"), "tl": _("Tagalog"),
    "vi": _("Vietnamese"), "zh": _("Chinese"),
}  # fmt: skip


class Said(models.Model):
    """Languages, gender, ways of recovery, hours, and in own words where somebody is in life and what matters to them.

    Codes stand in plans/codes.py. ``gender`` is empty where it is not said. ``hours`` are windows of the week on the
    clock of ``zone``: ``[weekday, first minute, last minute]``, Monday is 0, and one that ends before it begins goes
    on past midnight. ``across``: they would meet somebody of another program here. Own words lie encrypted.
    """

    languages = models.JSONField(default=list)
    gender = models.CharField(max_length=12, blank=True, default="")
    wish_kind = models.CharField(max_length=6, default=WishKind.ANY.value)
    wish_of = models.JSONField(default=list)
    pathways = models.JSONField(default=list)
    style = models.CharField(max_length=12, blank=True, default="")
    zone = models.CharField(max_length=64)
    hours = models.JSONField(default=list)
    across = models.BooleanField(default=False)
    stages_sealed = models.TextField(blank=True, default="")
    valued_sealed = models.TextField(blank=True, default="")

    stages = crypto.Sealed()  # own words, one a line
    valued = crypto.Sealed()

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(gender__in=["", *GENDERS]), name="%(class)s_gender_is_known"),
            models.CheckConstraint(condition=Q(style__in=["", *STYLES]), name="%(class)s_style_is_known"),
            models.CheckConstraint(
                condition=Q(wish_kind__in=[kind.value for kind in WishKind]), name="%(class)s_wish_is_known"
            ),
        ]

    @property
    def life_stages(self) -> list[str]:
        return self.stages.splitlines()

    @property
    def values(self) -> list[str]:
        """What matters to them."""
        return self.valued.splitlines()

    def say(self, said: dict[str, Any]) -> None:
        """Take over what was judged (plans/said.py); the row is not saved here."""
        for name, value in said.items():
            if name == "life_stages":
                self.stages = "\n".join(value)
            elif name == "values":
                self.valued = "\n".join(value)
            else:
                setattr(self, name, value)
