"""What the outlets of the double write: all of it invented."""

from __future__ import annotations

from dataclasses import replace

from tests.web_double.site import Story

BREAKWATER = (
    "KELMAR (Harbour Wire) - The council of Kelmar voted on Monday to build a second breakwater, after a night of debate "
    "in which the director of the port threatened twice to leave the chamber.",
    "“We will not dredge the channel unless the city pays for every metre of it,” Ana Lorentz, the director of the port, "
    "told reporters on the steps of the town hall.",
    "“The silt came down with the river, and the river belongs to everybody who lives on it,” she said.",
    "The mayor, Piet Haan, answered an hour later in the market square, where fishermen had waited for him since noon "
    "with empty crates and a brass band.",
    "“She has had the money since the spring and she has spent it on cranes,” Haan said.",
    "The breakwater is to be ready in four years, and will cost the town as much as all of its schools together.",
)
BREAKWATER_MENDED = (
    *BREAKWATER[:1],
    BREAKWATER[1].replace("unless the city pays for every metre of it", "until the city pays for half of it"),
    *BREAKWATER[2:],
)
SALT = (
    "OSTERVIK (Harbour Wire) - The finance minister, Greta Solberg, announced a tax on road salt on Tuesday, and was "
    "booed by hauliers who had parked forty lorries across the only bridge to the parliament.",
    "“Nobody will pay more than the price of a cup of coffee for a whole winter of salt,” Solberg told the chamber.",
    "The chairman of the hauliers, Oskar Brandt, called the figures invented and said that his members would drive "
    "without salt, and send the ministry the bills for the ditches.",
    "“I have forty lorries on this bridge and not one of their drivers drinks coffee that dear,” Brandt said.",
    "The tax is to be collected from November on, first in the three counties that lie above the tree line.",
)
FERRY = (
    "KELMAR (Harbour Wire) - The ferry to the outer islands will keep its subsidy for another year, the ministry of "
    "transport said on Saturday after talks that had lasted for most of the week.",
    "“An island without a ferry is a rock with people on it, and we do not abandon people,” the transport minister, Ingrid "
    "Falk, said.",
    "The islanders had collected four thousand signatures, which is more than there are islanders on the register.",
)
CRANE = (
    "The oldest crane of the harbour was taken down on Sunday, rivet by rivet, while a crowd watched from the fish hall "
    "and a school class drew it for the last time.",
    "“My grandfather greased that wheel every morning for forty years, whatever the weather,” Marta Lund said.",
    "The wheel will stand in front of the museum from the summer on, painted in the green that it had when it was new.",
)
QUAY = (
    "The east quay stays closed for cars until the autumn, the port authority decided on Wednesday, because divers found "
    "holes under it in which a bus could be parked.",
    "“I would not drive my bicycle over it, and I am a light woman,” said Helle Krog, the chief engineer of the port.",
    "Shopkeepers along the quay asked for a ferry of their own, and were told that there was no money for one.",
)
RAIL = (
    "The night train to the capital will run again from June, four years after the railway had scrapped its sleeping cars "
    "and sold their blankets to a hotel.",
    "“We found out that people like to wake up where they want to be,” the head of the railway, Jonas Pihl, said on Thursday.",
    "Tickets go on sale on Friday, and the first three trains are said to be full before anybody could buy one.",
)
GAZETTE_OWN = (
    "In the capital the vote of Kelmar was watched closely, since the state will have to lend the town most of the money "
    "for its second breakwater.",
)
LIBRARY = (
    "The city library lends out umbrellas from this week on, after a winter in which more umbrellas than books had been "
    "left behind in its reading room.",
    "“Bring them back dry, or do not bring them back at all,” the librarian, Sofie Dahl, said at the opening on Monday.",
    "By the evening every umbrella was lent, although the sun was shining, and the waiting list filled two pages.",
)
OBSERVED = (
    "The quarrel over the harbour of Kelmar has reached the parliament, where both sides had sent their lawyers, their "
    "maps and, in one case, a bucket of mud from the channel.",
    "“We will not dredge the channel unless the state and the city pay for every metre of it,” Ana Lorentz told this paper.",
    "Her lawyers said that the silt was an act of God, and that God had not been represented at the council meeting.",
)
TIDES = (
    "The tide tables of the port will be printed once more, though nobody has bought one since the harbour master put "
    "them on his own page two winters ago.",
    "“A table on paper does not need a battery in a storm,” the harbour master, Björn Åkesson, said at the café Señor.",
    "Two hundred copies are printed, of which the port keeps one hundred and the museum has asked for one.",
)
LIVE = (
    "Fishermen have begun to gather in front of the town hall of Kelmar, with empty crates and a brass band that knows two "
    "marches and plays them in turn.",
    "“We are here until somebody comes out who can count,” Rune Moe, a fisherman, told us at the gate.",
    "The doors of the town hall are open again and the first councillors are leaving by the back, under umbrellas.",
)
LIVE_MORE = (
    *LIVE,
    "The mayor has come out. “I can count, and I count about two hundred friends,” Piet Haan told the crowd, which laughed.",
)
SPEECH = (
    "The old king spoke to the seamen's school on Friday, for the first time since he gave the crown to his daughter in "
    "the spring of last year.",
    "> A sailor learns two things in his first storm: that the sea is not angry with him, and that it does not love him.",
    "The king, Harald Storm, said to the pupils that he had been “more afraid of speeches than of waves” in his own time.",
    "“Go out early and come home late, but come home,” he said, and sat down among the youngest of them.",
)
PUMPS = (
    "The waterworks of Ostervik warned on Thursday that its pumps would stand still on Sunday from six to nine, so that a "
    "valve of the year 1911 can be changed.",
    "@Ostervik Waterworks (@ostervikwater): Fill a kettle on Saturday night. Fill two if you have guests.",
    "“The valve is older than anybody who could tell us how it works,” the director of the waterworks, Per Vang, said.",
)
BRIDGE_RU = (
    "Новый мост через Северную реку откроют в конце июня, сообщил в среду мэр города Иван Петров на встрече с жителями "
    "левого берега, которые ждали этого моста двенадцать лет.",
    "«Мы построили мост, который переживёт всех своих критиков», — сказал Петров.",
    "Строительство обошлось городу вдвое дороже, чем было обещано, и заняло на четыре года больше времени.",
)
PORT_ES = (
    "El puerto de Santa Rosalía cerrará dos semanas en junio para reparar el muelle norte, anunció el jueves la autoridad "
    "portuaria después de una reunión con los pescadores.",
    "«No vamos a poner en peligro a nadie por dos semanas de trabajo», dijo la directora del puerto, Carmen Ibarra.",
    "Los pescadores pidieron una ayuda para esos días, y la directora prometió una respuesta antes del domingo.",
)
FOG = (
    "Fog kept the airport of Slowcoast shut for a second day on Tuesday, and passengers played cards on the luggage belts "
    "until the police asked them to stop.",
    "“I have won a flight that does not fly,” said Lars Holm, a passenger who had been there since Monday morning.",
    "The airport expects to open again on Wednesday, or when the fog lifts, whichever comes later.",
)
LAMPS = (
    "Slowcoast will switch off every second street lamp from July on, to save what the other half will cost by then, the "
    "council decided by one vote.",
    "“We will meet in the middle of the dark,” the leader of the opposition, Anne Berg, said after the vote.",
    "The lamps that stay on are to be chosen by lot, in public, under the largest of them.",
)
MOVED = (
    "The fish hall moves to the other side of the harbour in August, with its scales, its clocks and all but three of its "
    "gulls, the market board said on Wednesday.",
    "“The gulls were asked and did not answer,” the head of the market, Tove Lie, said.",
    "Trade is to begin there on the first of September at four in the morning, as it has since the hall was built.",
)


def story(slug: str, title: str, hour: float, paragraphs: tuple[str, ...], author: str = "", credit: str = "") -> Story:
    return Story(slug, title, hour, paragraphs, author, credit)


def edited(one: Story, *edits: tuple[float, tuple[str, ...]]) -> Story:
    """A story whose text is another one from some hour on."""
    return replace(one, edits=edits)
