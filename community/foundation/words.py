"""Our own small lists of plain words, for sign-in names and for passwords that are easy to keep in mind.

Nature, things of a house, animals, colors: nothing of health, substances, food, weight, harm or belief. Letters from a
to z alone, so that every keyboard has them.
"""

import re
import secrets
import unicodedata

WORDS: dict[str, tuple[str, ...]] = {
    "en": tuple(
        """
    acorn album amber anchor antler apron arbor arch atlas attic autumn avenue azure badge badger bagpipe balcony
    banjo banner barn basket bay beach beacon beaver bench birch bird blanket blossom blue bluebird boat bobcat
    bonnet book border boulder branch breeze bronze brook broom brush bucket bugle button cabin cactus camel camera
    candle canoe canvas canyon cardinal cargo carpet castle cedar cello chair chalk chapter chime circle clarinet
    clay clock cloud clover coast cobalt comet compass copper coral corner cottage cotton cove crane crayon creek
    cricket crocus curtain cypress daisy dawn deer delta denim desert desk diamond dolphin door drum dune eagle
    earth echo elk elm emerald evening fabric falcon farm feather fence fern ferry fiddle field finch fjord flag
    flannel flute forest fossil fountain fox frame garden garnet gate gecko geyser glacier globe glove golden goose
    gopher granite gravel grove guitar hammock harbor harp hat hawk hazel heather heron hill island ivory ivy jacket
    jade jasmine jay jigsaw jungle juniper kayak keyboard kite koala label lagoon lake lantern larch lark laurel
    lavender leaf ledger lemur lever library light lilac lily linen lion lizard llama lobby locket loom lotus lynx
    magnet magpie mallard map maple marble marina market marlin meadow medal melody meteor mill mirror mitten
    monarch moon morning mosaic moss mountain museum navy nest notebook oak oasis ocean ocelot onyx opal orbit
    orchard orchid oriole osprey otter owl oxbow paddle palace palm panda panel paper parade park parrot patch path
    peacock pebble pelican pencil penguin petal phoenix piano pigeon pilot pine pioneer planet plaza pocket pond
    pony poplar porch postcard prairie puffin puzzle quail quartz quiet quill quilt rabbit raccoon radio rain
    rainbow ranch raven ribbon river robin rooster rose ruby saddle sail sand sandal sapphire satin saxophone scarf
    school seal season sequoia shore signal silk silver sky slate slipper sofa sonnet sparrow spring spruce square
    stable stage stamp star station stork stream summer summit sunny sunset swan sweater table tapestry teal tent
    terrace thicket thimble thistle thunder ticket topaz tortoise toucan trail trumpet tulip tundra turtle twilight
    umbrella valley velvet village viola violet violin warbler water wave whisper willow wind window winter wood
    woolen wren yellow zebra zephyr zinc
        """.split()  # noqa: SIM905 - hundreds of quotes would hide the words
    ),
    "es": tuple(
        """
    abanico abedul abeja abierto acero acorde aguila aire ajedrez alameda alba aldea alegre alfombra alga algodon
    alhaja almendro alondra alto amable amarillo ambar amigo ancho ancla anillo antena arado arbol arce arcilla arco
    ardilla arena armario aroma arpa arroyo asiento atlas avenida aventura avion azahar azucena azul bahia baile
    balcon banco bandera barca barco batuta baul bicicleta bonito bosque brisa bronce brote brujula buho
    burbuja buzon cactus caja calle calma camello camino campana campo canario cancion canoa canto caracol carpeta
    carta casa cascada castillo castor cebra cedro celeste cesta ciervo cigarra cinta circulo cisne claro clavel
    cobre colibri colina color cometa concha conejo coral corteza costa cuaderno cuadro cuarzo cubo cuento danza
    delfin desierto diamante diario dibujo dorado duna ebano eco encaje encina ensayo entrada erizo escala esfera
    esmeralda espejo espiga espuma establo estrella faisan falda fanal faro farol feliz ficha fiel fiesta figura
    flauta flor fondo fresno fuente futuro galeria gallo gamo ganso garza gato gaviota gema girasol globo gorra
    granate granero grillo gris grulla guante guitarra halcon hamaca helecho herradura hoja honesto huella huerto
    iguana invierno isla jade jardin jarra jazmin jilguero jirafa jornada joya juego jungla kayak koala ladera
    ladrillo lago laguna lana lancha lapiz laurel lavanda leal lechuza letra libro lienzo ligero lino lirio llama
    llano llave lluvia loma loro lucero luna luz macizo madera malva manantial manta mapa mar marfil margarita
    mariposa marmol medalla melodia menta mercado mesa metal milano mimbre mirador mirlo molino moneda morado
    mosaico museo musgo musica nardo nave nido niebla nimbo nogal norte nota nube nuevo nutria oasis obra oceano
    ocre oeste olmo onda opalo orilla oro orquidea oso paisaje pajaro palma paloma pampa panda papel parque paseo
    pato pavo pelicano perla piano piedra pincel pino pinzon piragua pista plano planta plata playa plaza pluma
    poema prado primavera puerta puerto radio raiz rama ramo recreo reloj remo ribera risa ritmo roble rocio romero
    rosa rubi rueda ruta sabana sabio sauce saxofon seda selva semilla sendero sereno sierra silla sol sonrisa suave
    suelo surco tablero talento taller tambor tapiz tarde techo tejado tejo tela terraza tierra timbre tinta toldo
    tomillo topacio torre tortuga trebol trineo trompeta tucan tulipan turquesa umbral urraca valle vasija vela
    velero ventana verano verde vereda viaje viento viola violeta violin vuelo yate zafiro zarza zorro zorzal
        """.split()  # noqa: SIM905 - hundreds of quotes would hide the words
    ),
}
NUMBERS = range(10, 100)  # two digits
BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212_.,]+")


def some(count: int, language: str) -> str:
    """``count`` words and a number, with dashes: ``maple-otter-42``. A language without a list gets English words."""
    words = WORDS.get(language[:2], WORDS["en"])
    return "-".join([*(secrets.choice(words) for _ in range(count)), str(secrets.choice(NUMBERS))])


def folded(typed: str) -> str:
    """How what was typed is compared: without case, accents and kinds of dash; a space is a dash."""
    plain = unicodedata.normalize("NFKD", typed).casefold()
    return BETWEEN.sub("-", "".join(char for char in plain if not unicodedata.combining(char))).strip("-")
