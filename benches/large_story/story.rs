//! A large story made up for measuring: a flood in many towns, told by many outlets in four languages.
//!
//! Every town has its figures, and each report takes up some towns. Most reports give the true figure, some round it, a
//! few get it wrong, and wires are printed again. The same size always makes the same story.

use std::fmt::Write;

/// Reports that take up each town, about.
const REPORTS_OF_A_TOWN: usize = 6;
/// Towns that a report takes up.
const TOWNS_OF_A_REPORT: usize = 18;
/// Claims that a report makes, about: its figures, its date, its percentages.
const CLAIMS_OF_A_REPORT: usize = 88;

const OUTLETS: [&str; 12] = [
    "Tern Post",
    "Daily Skua",
    "Gull Radio",
    "Heron Wire",
    "Marsh Courier",
    "Ostvik Echo",
    "Agence Brume",
    "Le Phare",
    "Moorbote",
    "Küstenruf",
    "La Garza",
    "El Vado",
];

/// How one language tells each measure; `{}` is the figure, `@` the town.
struct Page {
    thousands: &'static str,
    dateline: fn(&str, u32, &str) -> String,
    title: &'static str,
    lead: &'static str,
    told: [[&'static str; 2]; 7],
}

/// The sizes of the measures, in the order in which the pages tell them.
const SIZES: [(u32, u32); 7] =
    [(3, 90), (20, 700), (40, 4_000), (2, 480), (30, 9_500), (4, 160), (110, 6_400)];

const PAGES: [Page; 4] = [
    Page {
        thousands: ",",
        dateline: |town, day, outlet| format!("{}, March {day}, 2026 ({outlet}) - ", town.to_uppercase()),
        title: "Flood: dead and missing in the valley",
        lead: "The river rose for a third night, and rescue teams reached more towns of the valley.",
        told: [
            [
                "The flood killed {} people in @, the district said.",
                "In @ {} people died, according to the police.",
            ],
            ["Hospitals in @ treated {} injured.", "{} people were injured in @."],
            ["{} houses in @ were damaged.", "The water damaged {} houses in the streets of @."],
            [
                "Repairs in @ will cost {} million euros.",
                "The mayor of @ put the cost of the repairs at {} million euros.",
            ],
            ["In @ {} hectares of farmland were under water.", "The flood covered {} hectares around @."],
            ["{} kilometres of road near @ are closed.", "Near @ {} kilometres of road were washed away."],
            ["{} residents of @ were evacuated.", "In @ the army evacuated {} people."],
        ],
    },
    Page {
        thousands: ".",
        dateline: |town, day, outlet| format!("{}, {day}. März 2026 ({outlet}) - ", town.to_uppercase()),
        title: "Hochwasser: Tote und Vermisste im Tal",
        lead: "Der Fluss stieg in der dritten Nacht weiter, und die Helfer erreichten neue Orte des Tals.",
        told: [
            ["In @ starben {} Menschen, teilte der Kreis mit.", "Das Hochwasser tötete in @ {} Menschen."],
            ["In @ wurden {} Menschen verletzt.", "Die Kliniken in @ behandelten {} Verletzte."],
            ["In @ wurden {} Häuser beschädigt.", "Das Wasser beschädigte {} Häuser in @."],
            [
                "Die Reparaturen in @ kosten {} Millionen Euro.",
                "Für @ rechnet die Bürgermeisterin mit Kosten von {} Millionen Euro.",
            ],
            ["Bei @ standen {} Hektar Ackerland unter Wasser.", "Rund um @ sind {} Hektar überflutet."],
            ["Bei @ sind {} Kilometer Straße gesperrt.", "{} Kilometer Straße bei @ wurden weggespült."],
            ["In @ wurden {} Einwohner evakuiert.", "Die Armee brachte {} Menschen aus @ in Sicherheit."],
        ],
    },
    Page {
        thousands: "\u{202f}",
        dateline: |town, day, outlet| format!("{}, {day} mars 2026 ({outlet}) - ", town.to_uppercase()),
        title: "Crue : des morts et des disparus dans la vallée",
        lead: "Le fleuve a encore monté dans la nuit, et les secours ont atteint d'autres villes de la vallée.",
        told: [
            ["À @, {} personnes sont mortes, selon la préfecture.", "La crue a tué {} personnes à @."],
            ["À @, {} personnes ont été blessées.", "Les hôpitaux de @ ont soigné {} blessés."],
            ["À @, {} maisons ont été endommagées.", "L'eau a endommagé {} maisons à @."],
            [
                "Les réparations à @ coûteront {} millions d'euros.",
                "La mairie de @ estime le coût des travaux à {} millions d'euros.",
            ],
            [
                "Autour de @, {} hectares de cultures sont sous l'eau.",
                "La crue a couvert {} hectares près de @.",
            ],
            [
                "Près de @, {} kilomètres de route sont fermés.",
                "{} kilomètres de route ont été emportés près de @.",
            ],
            ["À @, {} habitants ont été évacués.", "L'armée a évacué {} personnes de @."],
        ],
    },
    Page {
        thousands: ".",
        dateline: |town, day, outlet| {
            format!("{}, {day} de marzo de 2026 ({outlet}) - ", town.to_uppercase())
        },
        title: "La riada deja muertos y desaparecidos en el valle",
        lead: "El río volvió a crecer por la noche, y los equipos de rescate llegaron a otros pueblos del valle.",
        told: [
            ["En @ murieron {} personas, según el distrito.", "La riada mató a {} personas en @."],
            ["En @ {} personas resultaron heridas.", "Los hospitales de @ atendieron a {} heridos."],
            ["En @ {} viviendas sufrieron daños.", "El agua dañó {} viviendas en @."],
            [
                "Las obras en @ costarán {} millones de euros.",
                "La alcaldesa de @ calcula un coste de {} millones de euros.",
            ],
            [
                "En torno a @ {} hectáreas de cultivo quedaron bajo el agua.",
                "La riada cubrió {} hectáreas cerca de @.",
            ],
            [
                "Cerca de @ hay {} kilómetros de carretera cortados.",
                "El agua se llevó {} kilómetros de carretera cerca de @.",
            ],
            ["En @ {} vecinos fueron evacuados.", "El ejército evacuó a {} personas de @."],
        ],
    },
];

/// A town with its true figures.
struct Town {
    name: String,
    figures: [u32; 7],
}

/// A sequence of numbers that looks like chance and is always the same.
struct Dice(u64);

impl Dice {
    /// A number below `sides`.
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

/// The reports of a story of about so many claims.
pub(crate) fn reports(n_claims: usize) -> Vec<String> {
    let mut dice = Dice(7);
    let n_reports = n_claims.div_ceil(CLAIMS_OF_A_REPORT);
    let towns = towns((n_reports * TOWNS_OF_A_REPORT).div_ceil(REPORTS_OF_A_TOWN), &mut dice);
    (0..n_reports).map(|at| report(at, &towns, &mut dice)).collect()
}

fn towns(number: usize, dice: &mut Dice) -> Vec<Town> {
    const FIRST: [&str; 16] = [
        "Ost", "Nor", "Lar", "Pel", "Tarn", "Hal", "Brum", "Sko", "Vel", "Mar", "Gren", "Rus", "Kal", "Dun",
        "Fjel", "Lim",
    ];
    const MIDDLE: [&str; 12] = ["", "o", "en", "ar", "is", "um", "el", "and", "or", "it", "eb", "ul"];
    const LAST: [&str; 14] = [
        "vik", "vale", "mouth", "lo", "stad", "ford", "heim", "dorf", "ville", "mar", "bro", "holm", "wick",
        "tal",
    ];
    let name = |at: usize| {
        let (first, rest) = (at % FIRST.len(), at / FIRST.len());
        let (last, middle) = (rest % LAST.len(), rest / LAST.len());
        format!("{}{}{}", FIRST[first], MIDDLE[middle % MIDDLE.len()], LAST[last])
    };
    let mut figures = || SIZES.map(|(low, high)| low + dice.below((high - low) as usize) as u32);
    (0..number).map(|at| Town { name: name(at), figures: figures() }).collect()
}

fn report(at: usize, towns: &[Town], dice: &mut Dice) -> String {
    let outlet = OUTLETS[at % OUTLETS.len()];
    let page = &PAGES[[0, 0, 0, 0, 0, 0, 2, 2, 1, 1, 3, 3][at % OUTLETS.len()]];
    let start = dice.below(towns.len());
    let mut text = format!("{}\n\n", page.title);
    text.push_str(&(page.dateline)(&towns[start].name, 1 + dice.below(28) as u32, outlet));
    text.push_str(page.lead);
    for town in (0..TOWNS_OF_A_REPORT).map(|step| &towns[(start + step) % towns.len()]) {
        text.push_str("\n\n");
        let skipped = dice.below(7);
        for (measure, figure) in town.figures.iter().enumerate().filter(|(measure, _)| measure % 7 != skipped)
        {
            if dice.below(5) == 0 {
                continue;
            }
            let told = page.told[measure][dice.below(2)].replace('@', &town.name);
            let figure = grouped(printed(*figure, dice), page.thousands);
            let _ = write!(text, "{} ", told.replace("{}", &figure));
        }
    }
    text
}

/// A figure as a report prints it: one in ten is rounded, one in sixty has two digits swapped or a zero too many.
fn printed(figure: u32, dice: &mut Dice) -> u32 {
    match dice.below(60) {
        0 => figure * 10,
        1 if figure >= 100 => figure / 100 * 100 + figure % 10 * 10 + figure / 10 % 10,
        2..=7 if figure >= 1_000 => figure / 100 * 100,
        _ => figure,
    }
}

fn grouped(figure: u32, thousands: &str) -> String {
    if figure < 1_000 {
        figure.to_string()
    } else {
        format!("{}{thousands}{:03}", figure / 1_000, figure % 1_000)
    }
}
