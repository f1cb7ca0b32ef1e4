//! Builds stories whose files try to do harm: nested, huge, endless, mixed up, or no files at all.
//!
//! ```text
//! cargo run --release --example hostile_files -- FOLDER
//! ```
//!
//! The tests build the same stories, smaller ones; `benches/hostile.py` measures what the full ones cost.

#![expect(clippy::disallowed_methods, reason = "this is a command: it writes the files it is told to")]

use std::fs::{self, File};
use std::io;
use std::path::Path;

/// The bytes of a file, for a size that counts what is repeated.
type Bytes = fn(usize) -> Vec<u8>;

/// A file, by its story and name, what is repeated in it how often in a full one, and its bytes.
pub(crate) struct Hostile {
    /// The folder that it gets.
    pub(crate) story: &'static str,
    name: &'static str,
    times: usize,
    bytes: Bytes,
}

const fn hostile(story: &'static str, name: &'static str, times: usize, bytes: Bytes) -> Hostile {
    Hostile { story, name, times, bytes }
}

const TEXT: &str = "The dam at Orl will cost $5 million and hold 40 people.";

fn opened(what: &str, times: usize) -> Vec<u8> {
    format!("{}{TEXT}", what.repeat(times)).into_bytes()
}

fn numbered(times: usize, one: impl Fn(usize) -> String) -> Vec<u8> {
    (0..times).map(one).collect::<String>().into_bytes()
}

/// Every hostile text.
#[rustfmt::skip]
pub(crate) const TEXTS: &[Hostile] = &[
    // Pages.
    hostile("html-nested", "a.html", 1_000_000, |n| opened("<div>", n)),
    hostile("html-nested-tables", "a.html", 200_000, |n| opened("<table><tr><td>", n)),
    hostile("html-closed-too-often", "a.html", 1_000_000, |n| opened("</div>", n)),
    hostile("html-tag-without-end", "a.html", 2_000_000, |n| opened("<p ", n)),
    hostile("html-attributes", "a.html", 200_000, |n| [b"<p ".to_vec(), numbered(n, |i| format!("a{i}='{i}' ")), b">5 dead</p>".to_vec()].concat()),
    hostile("html-entities", "a.html", 1_000_000, |n| opened("&amp;5&euro; ", n)),
    hostile("html-broken-entities", "a.html", 1_000_000, |n| opened("&#x110000;&#0;&;", n)),
    hostile("html-comment-without-end", "a.html", 1_000_000, |n| opened("<!-- 5 ", n)),
    hostile("html-script-without-end", "a.html", 1_000_000, |n| opened("<script>", n)),
    hostile("html-titles", "a.html", 100_000, |n| opened("<title>5 dead</title><h1>6 dead</h1>", n)),
    hostile("html-meta", "a.html", 100_000, |n| opened("<meta property='article:published_time' content='2026-99-99'>", n)),
    hostile("html-span-of-cells", "a.html", 20_000, |n| [b"<table>".to_vec(), opened("<tr><td rowspan=99999999 colspan=99999999>5 people</td>", n)].concat()),
    hostile("html-wide-table", "a.html", 20_000, |n| [b"<table><tr>".to_vec(), "<th>Dead</th>".repeat(n).into_bytes(), b"</tr><tr>".to_vec(), numbered(n, |i| format!("<td>{i}</td>"))].concat()),
    hostile("html-data-address", "a.html", 8_000_000, |n| format!("<img src='data:image/png;base64,{}'>{TEXT}", "A5".repeat(n / 2)).into_bytes()),
    hostile("json-ld-nested", "a.html", 500_000, |n| format!("<script type='application/ld+json'>{}</script>{TEXT}", "[".repeat(n)).into_bytes()),
    hostile("json-ld-long", "a.html", 200_000, |n| [b"<script type='application/ld+json'>[".to_vec(), numbered(n, |i| format!("{{\"@type\":\"NewsArticle\",\"datePublished\":\"{i}\"}},")), format!("{{}}]</script>{TEXT}").into_bytes()].concat()),
    // Markdown.
    hostile("markdown-quotes", "a.md", 200_000, |n| opened("> ", n)),
    hostile("markdown-brackets", "a.md", 500_000, |n| opened("[", n)),
    hostile("markdown-links", "a.md", 200_000, |n| opened("[a](", n)),
    hostile("markdown-images", "a.md", 200_000, |n| opened("![5](<", n)),
    hostile("markdown-emphasis", "a.md", 200_000, |n| opened("*a **5 _b ", n)),
    hostile("markdown-code", "a.md", 3_000, |n| numbered(n, |i| format!("{} 5 ", "`".repeat(i % 2_000)))),
    hostile("markdown-lists", "a.md", 3_000, |n| numbered(n, |i| format!("{}- 5 dead\n", " ".repeat(i)))),
    hostile("markdown-references", "a.md", 100_000, |n| numbered(n, |i| format!("[{i}]: /{i}\n[{i}] ")),),
    hostile("markdown-wide-table", "a.md", 5_000, |n| format!("{}|\n{}|\n{}|\n", "|5 dead".repeat(n), "|---".repeat(n), "|6".repeat(n)).into_bytes()),
    hostile("markdown-mixed-with-html", "a.md", 200_000, |n| opened("<a><!--\n", n)),
    hostile("markdown-front-matter", "a.md", 200_000, |n| format!("---\na: &a [{}]\n---\n{TEXT}", "*a, ".repeat(n)).into_bytes()),
    // Numbers.
    hostile("number-of-many-digits", "a.txt", 5_000_000, |n| format!("It cost ${} million.", "9".repeat(n)).into_bytes()),
    hostile("number-of-many-groups", "a.txt", 1_000_000, |n| format!("It cost $1{}.", ",000".repeat(n)).into_bytes()),
    hostile("number-with-many-points", "a.txt", 1_000_000, |n| format!("It cost $1{}.", ".5".repeat(n)).into_bytes()),
    hostile("number-with-exponents", "a.txt", 100_000, |n| numbered(n, |i| format!("It cost $1e999999999 and 1e-{i} and {i}e28 tonnes. "))),
    hostile("number-in-words", "a.txt", 200_000, |n| opened("one hundred thousand million ", n)),
    hostile("number-in-one-word", "a.txt", 200_000, |n| format!("Es kostete {} Euro, sagte die Stadt am Dienstag.", "einundzwanzigtausend".repeat(n)).into_bytes()),
    hostile("number-in-characters", "a.txt", 500_000, |n| format!("費用は{}円だと市は火曜日に発表した。", "九千兆億万".repeat(n)).into_bytes()),
    hostile("fractions", "a.txt", 200_000, |n| opened("half a third of two-thirds of ", n)),
    hostile("ranges", "a.txt", 200_000, |n| opened("5 to 6-7 – 8 and ", n)),
    hostile("hedges", "a.txt", 200_000, |n| opened("about more than nearly at least ", n)),
    hostile("signs", "a.txt", 2_000_000, |n| opened("$%€-", n)),
    hostile("brackets", "a.txt", 2_000_000, |n| opened("(5 ", n)),
    hostile("conversions", "a.txt", 50_000, |n| opened("€1,000 (about $1,080) (¥5) ", n)),
    hostile("dates", "a.txt", 50_000, |n| numbered(n, |i| format!("On February 31, {i} and 0000-00-00 and July {i}, 99999 it cost $5. "))),
    hostile("times-of-day", "a.txt", 300_000, |n| opened("99:99 5pm 25:61:61 ", n)),
    // Many claims.
    hostile("claims-of-one-sentence", "a.txt", 50_000, |n| numbered(n, |i| format!("${i} million, "))),
    hostile("claims-of-one-kind", "a.txt", 50_000, |n| numbered(n, |i| format!("The storm killed {i} people in Orl, the mayor said. "))),
    hostile("claims-of-many-kinds", "a.txt", 50_000, |n| numbered(n, |i| format!("Of w{i}s there were {i} in Orl{i}, up {i} % from {i}. "))),
    hostile("sums", "a.txt", 50_000, |n| numbered(n, |i| format!("{i} men, {} women and {} children: {} people. ", i + 1, i + 2, i * 3 + 4))),
    // Texts.
    hostile("one-line", "a.txt", 250_000, |n| numbered(n, |i| format!("{TEXT} It took {i} days. "))),
    hostile("letters-without-end", "a.txt", 10_000_000, |n| "a".repeat(n).into_bytes()),
    hostile("marks-without-letters", "a.txt", 2_000_000, |n| format!("5{} dead", "\u{301}".repeat(n)).into_bytes()),
    hostile("quotation-marks", "a.txt", 1_000_000, |n| opened("“5 ", n)),
    hostile("line-ends", "a.txt", 500_000, |n| opened("5 dead\r\r\n\n\u{b}\u{c}\u{85}\u{2028}", n)),
    hostile("hidden-characters", "a.txt", 100_000, |n| opened("It cost \u{202e}$1\u{200b}2\u{ad}3\u{2060} million\u{2069}, ３\u{feff}４ people died. ", n)),
    // Bytes.
    hostile("zero-bytes", "a.txt", 5_000_000, |n| vec![0; n]),
    hostile("every-byte", "a.txt", 5_000_000, |n| (0..n).map(|i| (i % 256) as u8).collect()),
    hostile("broken-utf-8", "a.txt", 1_000_000, |n| b"It cost $5\xff\xfe million\xc3. ".repeat(n / 20)),
    hostile("mixed-encodings", "a.txt", 200_000, |n| [&b"\xe9t\xe9 : 5 \x80. "[..], "été : 5 €. ".as_bytes(), b"\x83\x65\x83\x58\x83\x67 5\x89~. "].concat().repeat(n / 10)),
    hostile("half-utf-16", "a.txt", 1_000_000, |n| [&[0xff, 0xfe][..], &b"5\0 \0\0\xd8".repeat(n), b"x"].concat()),
    hostile("marks-of-encodings", "a.txt", 1_000_000, |n| [&b"\xef\xbb\xbf\xff\xfe\xfe\xff"[..], &opened("\u{feff}", n)].concat()),
    hostile("escape-sequences", "a.txt", 100_000, |n| opened("\u{1b}]0;x\u{7}\u{1b}[31m5 dead\u{9b}2J\n::error::x\n", n)),
    hostile("nothing", "a.txt", 0, |_| Vec::new()),
    hostile("spaces", "a.txt", 5_000_000, |n| " \u{a0}\u{3000}\t".repeat(n / 4).into_bytes()),
];

/// What builds a story in its folder, with what is repeated divided by a number.
type Build = fn(&Path, usize) -> io::Result<()>;

/// Stories of files that are no plain files, or too many.
pub(crate) const OTHERS: &[(&str, Build)] = &[
    ("sparse-file-of-10-gb", |folder, _| File::create(folder.join("b.txt"))?.set_len(10_000_000_000)),
    ("file-of-17-mib", |folder, _| File::create(folder.join("b.html"))?.set_len(17 << 20)),
    ("tiny-files", |folder, shrink| {
        (0..100_000 / shrink)
            .try_for_each(|i| fs::write(folder.join(format!("{i}.txt")), format!("{i} dead")))
    }),
    ("copies", |folder, shrink| {
        (0..2_000 / shrink).try_for_each(|i| fs::write(folder.join(format!("{i}.txt")), TEXT.repeat(20)))
    }),
    ("deep-folders", |folder, _| {
        // As deep as a path may be long, and a report at the bottom.
        let deep = folder.join("f/".repeat(1_500));
        fs::create_dir_all(&deep)?;
        fs::write(deep.join("b.txt"), TEXT)
    }),
    ("hidden", |folder, _| {
        fs::create_dir_all(folder.join("a/.kept/.deeper"))?;
        for name in [".b.txt", "a/.c", "a/.kept/d.txt", "a/.kept/.deeper/e.md"] {
            fs::write(folder.join(name), TEXT)?;
        }
        Ok(())
    }),
    #[cfg(unix)]
    ("names", |folder, _| {
        use std::os::unix::ffi::OsStrExt;
        let long = "x".repeat(250) + ".txt";
        let names: [&[u8]; 12] = [
            b"line\nfeed.txt",
            b"esc\x1b[31mape.txt",
            b"\xff\xfe.txt",
            b"c1\xc2\x9b2J.md",
            "\u{202e}txt.exe.html".as_bytes(),
            b"--help.txt",
            b"-.txt",
            b"::error::x.txt",
            b"=cmd|'x'!A1.txt",
            b"<img src=x>.md",
            b"](javascript:x).md",
            long.as_bytes(),
        ];
        names.iter().try_for_each(|name| fs::write(folder.join(std::ffi::OsStr::from_bytes(name)), TEXT))
    }),
    #[cfg(unix)]
    ("pipe", |folder, _| {
        let made = std::process::Command::new("mkfifo").arg(folder.join("b.txt")).status()?;
        if made.success() { Ok(()) } else { Err(io::Error::other("mkfifo failed")) }
    }),
    #[cfg(unix)]
    ("socket", |folder, _| {
        // A socket's path is short by decree: it is made where it may be long.
        let short = std::env::temp_dir().join(format!("crosscheck-{}.sock", std::process::id()));
        std::os::unix::net::UnixListener::bind(&short)?;
        fs::rename(short, folder.join("b.txt"))
    }),
    #[cfg(unix)]
    ("links", |folder, _| {
        use std::os::unix::fs::symlink;
        symlink("/dev/zero", folder.join("zero.txt"))?;
        symlink("/etc/passwd", folder.join("outside.txt"))?;
        symlink("loop.txt", folder.join("loop.txt"))?;
        symlink("nowhere", folder.join("nowhere.md"))?;
        symlink(".", folder.join("again"))
    }),
    #[cfg(unix)]
    ("forbidden", |folder, _| {
        use std::os::unix::fs::PermissionsExt;
        let closed = folder.join("closed");
        fs::create_dir(&closed)?;
        fs::write(closed.join("b.txt"), TEXT)?;
        fs::write(folder.join("c.txt"), TEXT)?;
        fs::set_permissions(folder.join("c.txt"), fs::Permissions::from_mode(0o000))?;
        fs::set_permissions(closed, fs::Permissions::from_mode(0o000))
    }),
];

/// Builds every story, each in a folder of its own beside an honest report; `shrink` divides what is repeated.
///
/// # Errors
///
/// Where a file cannot be written.
pub(crate) fn build(folder: &Path, shrink: usize) -> io::Result<()> {
    let honest = |story: &str| {
        let own = folder.join(story);
        fs::create_dir_all(&own)?;
        fs::write(own.join("honest.txt"), TEXT)?;
        Ok::<_, io::Error>(own)
    };
    for Hostile { story, name, times, bytes } in TEXTS {
        fs::write(honest(story)?.join(name), bytes(times / shrink))?;
    }
    OTHERS.iter().try_for_each(|(story, make)| make(&honest(story)?, shrink))
}

#[expect(clippy::print_stderr, reason = "a command says why it failed")]
#[allow(dead_code, reason = "the tests take the functions alone")]
fn main() -> std::process::ExitCode {
    let Some(folder) = std::env::args_os().nth(1) else {
        eprintln!("hostile_files: expected a folder to build the stories in");
        return std::process::ExitCode::from(2);
    };
    match build(Path::new(&folder), 1) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(cause) => {
            eprintln!("hostile_files: {cause}");
            std::process::ExitCode::from(2)
        }
    }
}
