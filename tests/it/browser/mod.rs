//! The HTML report in a real browser: it opens without a complaint, its filter works, it can be read on a phone, in the
//! dark, in print and without its script, and no text of a stranger acts in it.

mod chromium;

use crosscheck::document::{Document, Format, Known, find_story, read_bytes};
use crosscheck::report::{Format as Written, Report};
use crosscheck::settings::Settings;
use serde_json::json;

use crate::corpora;
use chromium::Browser;

/// The report of a story with errors, warnings, a picture and two currencies.
fn sample() -> String {
    let story = find_story("corpora/stories/korea-mega-projects".as_ref()).unwrap();
    corpora::written(&crosscheck::check(&[story], &Settings::new()), Written::Html)
}

/// A story whose every text tries to become something else than text.
fn hostile() -> String {
    let markup = "<script>window.acted = 1</script><img src=x onerror=window.acted=1><svg onload=window.acted=1> \
                  </style><style>body{display:none}</style></title></textarea><!-- \
                  <a href=\"javascript:window.acted=1\">x</a>\" onmouseover=\"window.acted=1\" ' &lt;b&gt; <b>bold</b>";
    let report = |outlet: &str, cost: &str| -> Document {
        let text = format!(
            "{markup} of Norvale\n\nNORVALE, March 3, 2026 ({outlet}) - The new bridge of Norvale {markup} will cost \
             {cost} million euros, the council said.\n"
        );
        let path =
            format!("{outlet}\"><script>window.acted=1</script>'<img src=x onerror=window.acted=1>.txt");
        let mut document = read_bytes(&path, Format::Text, text.as_bytes(), &Known::default());
        document.outlet = Some(format!("{outlet} {markup}"));
        document
    };
    let documents = vec![report("Norvale Press", "120"), report("Daily Tern", "210")];
    let mut story = crosscheck::check_documents(markup, documents, &Settings::new());
    assert!(!story.findings.is_empty());
    story.others.push(format!("{markup}.png"));
    corpora::written(&Report { stories: vec![story], command: Vec::new() }, Written::Html)
}

#[test]
fn a_report_opens_without_a_complaint_and_asks_for_nothing() {
    let Some(mut browser) = Browser::start() else { return };
    browser.open(&sample());
    assert_eq!(browser.value("document.querySelectorAll('article.finding').length"), json!(4));
    assert_eq!(browser.value("document.querySelectorAll('svg[role=img]').length"), json!(1));
    // The policy lets the style and the script through, so that both were at work.
    assert_eq!(
        browser.value("getComputedStyle(document.querySelector('.skip')).position"),
        json!("absolute")
    );
    assert_eq!(browser.value("document.getElementById('filter').hidden"), json!(false));
    let complaints = browser.complaints();
    assert!(complaints.is_empty(), "{complaints:#?}");
    let requests = browser.requests();
    assert!(requests.iter().all(|url| url.ends_with("/report.html")), "{requests:?}");
}

#[test]
fn the_policy_stops_what_the_page_does_not_hold_itself() {
    let Some(mut browser) = Browser::start() else { return };
    browser.open(&sample());
    browser.value(
        "for (const [name, own] of [['script', {textContent: 'window.acted = 1'}], ['img', {src: 'x.png'}], \
         ['style', {textContent: 'body { display: none }'}]]) \
         document.body.append(Object.assign(document.createElement(name), own))",
    );
    assert_eq!(browser.value("window.acted ?? 0"), json!(0));
    assert_eq!(browser.value("getComputedStyle(document.body).display"), json!("block"));
    let complaints = browser.complaints().concat();
    for kind in ["script-src", "style-src", "img-src"] {
        assert!(complaints.contains(kind), "{kind} in {complaints}");
    }
}

#[test]
fn the_filter_shows_what_is_asked_for_and_nothing_else() {
    let Some(mut browser) = Browser::start() else { return };
    browser.open(&sample());
    let shown = "[document.querySelectorAll('article.finding:not([hidden])').length, \
                 document.querySelectorAll('.contents li:not([hidden])').length, \
                 document.getElementById('shown').value]";
    let mut after = |change: &str| {
        let form = "const form = document.getElementById('filter'); const change = new Event('input', {bubbles: true});";
        browser.value(&format!("{{ {form} {change}; form.dispatchEvent(change); }}"));
        browser.value(shown)
    };
    assert_eq!(after(""), json!([4, 4, "4 of 4 shown"]));
    assert_eq!(after("form.querySelector('[value=error]').checked = false"), json!([2, 2, "2 of 4 shown"]));
    assert_eq!(after("form.rule.value = 'stale-conversion'"), json!([1, 1, "1 of 4 shown"]));
    assert_eq!(after("form.rule.value = ''; form.text.value = 'STALE-rate'"), json!([1, 1, "1 of 4 shown"]));
    assert_eq!(after("form.text.value = 'no such words'"), json!([0, 0, "0 of 4 shown"]));
    assert_eq!(after("form.reset()"), json!([4, 4, "4 of 4 shown"]), "what was hidden is shown again");
}

#[test]
fn no_text_of_a_stranger_acts_in_the_page() {
    let Some(mut browser) = Browser::start() else { return };
    browser.open(&hostile());
    assert_eq!(browser.value("window.acted ?? 0"), json!(0));
    assert_eq!(browser.value("document.querySelectorAll('script').length"), json!(1));
    assert_eq!(browser.value("document.querySelectorAll('style').length"), json!(1));
    assert_eq!(
        browser.value("document.querySelectorAll('img, iframe, object, link, b b, [style]').length"),
        json!(0)
    );
    let acting = "[...document.querySelectorAll('*')].flatMap((element) => [...element.attributes]) \
                  .filter(({name, value}) => name.startsWith('on') || name === 'src' || name === 'href' && value[0] !== '#') \
                  .length";
    assert_eq!(browser.value(acting), json!(0));
    // It is all there, as text.
    assert_eq!(
        browser.value("document.body.innerText.includes('<script>window.acted = 1</script>')"),
        json!(true)
    );
    let complaints = browser.complaints();
    assert!(complaints.is_empty(), "{complaints:#?}");
}

#[test]
fn it_can_be_read_without_its_script_and_in_print() {
    let Some(mut browser) = Browser::start() else { return };
    browser.ask("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
    browser.open(&sample());
    browser.ask("Emulation.setScriptExecutionDisabled", json!({ "value": false }));
    assert_eq!(browser.value("document.getElementById('filter').hidden"), json!(true));
    assert_eq!(browser.value("document.querySelectorAll('article.finding:not([hidden])').length"), json!(4));
    let folded = "[...document.querySelectorAll('details')].filter((folded) => \
                  getComputedStyle(folded, '::details-content').contentVisibility !== 'visible').length";
    assert_ne!(browser.value(folded), json!(0), "lists are folded on the screen");
    browser.ask("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    assert_eq!(browser.value(folded), json!(0), "and open on paper");
}

#[test]
fn it_fits_a_phone() {
    let Some(mut browser) = Browser::start() else { return };
    let phone = json!({ "width": 360, "height": 800, "deviceScaleFactor": 2, "mobile": true });
    browser.ask("Emulation.setDeviceMetricsOverride", phone);
    for page in [sample(), hostile()] {
        browser.open(&page);
        browser.value("document.querySelectorAll('details').forEach((folded) => folded.open = true)");
        assert_eq!(browser.value("document.documentElement.scrollWidth"), json!(360));
        let small = "[...document.querySelectorAll('body *')].filter((element) => element.textContent.trim() && \
                     parseFloat(getComputedStyle(element).fontSize) < 12).map((element) => element.outerHTML)";
        assert_eq!(browser.value(small), json!([]), "letters of less than 12 pixels");
    }
}

#[test]
fn its_letters_stand_out_from_their_ground_by_day_and_by_night() {
    let Some(mut browser) = Browser::start() else { return };
    browser.open(&sample());
    browser.value("document.querySelectorAll('details').forEach((folded) => folded.open = true)");
    for scheme in ["light", "dark"] {
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        browser.ask("Emulation.setEmulatedMedia", json!({ "features": features }));
        assert_eq!(browser.value(include_str!("contrast.js")), json!([]), "{scheme}");
    }
    browser.value("document.querySelector('h1').style.color = 'dimgray'");
    assert_eq!(
        browser.value(include_str!("contrast.js")).as_array().map(Vec::len),
        Some(1),
        "what fails is seen"
    );
}

#[test]
fn its_parts_are_named_and_in_order() {
    let Some(mut browser) = Browser::start() else { return };
    browser.open(&sample());
    let steps = "[...document.querySelectorAll('h1, h2, h3, h4, h5')].map((heading) => Number(heading.tagName[1])) \
                 .filter((level, idx, levels) => level - (levels[idx - 1] ?? 0) > 1).length";
    assert_eq!(browser.value(steps), json!(0), "no level of headings is left out");
    let twice = "[...document.querySelectorAll('[id]')].map(({id}) => id).filter((id, idx, ids) => ids.indexOf(id) < idx)";
    assert_eq!(browser.value(twice), json!([]), "an id names one element");
    let nowhere = "[...document.querySelectorAll('[aria-labelledby], a[href]')].flatMap((element) => \
                   (element.getAttribute('aria-labelledby') ?? element.getAttribute('href').slice(1)).split(' ')) \
                   .filter((id) => !document.getElementById(id))";
    assert_eq!(browser.value(nowhere), json!([]), "labels and links point at what exists");
    let unnamed =
        "[...document.querySelectorAll('input, select')].filter((field) => !field.labels.length).length";
    assert_eq!(browser.value(unnamed), json!(0), "fields have labels");
}
