//! The HTML report in a real browser: it opens without a complaint, its filter works, it can be read on a phone, in the
//! dark, in print and without its script, and no text of a stranger acts in it.

mod chromium;

use crosscheck::document::{Document, Format, Known, find_sources, find_story, read_bytes};
use crosscheck::report::{Format as Written, Report};
use crosscheck::settings::Settings;
use serde_json::{Value, json};

use crate::corpora;
use chromium::Browser;

/// The report of a story with errors, warnings, a picture and two currencies.
fn sample() -> String {
    let story = find_story("corpora/stories/korea-mega-projects".as_ref()).unwrap();
    corpora::written(&crosscheck::check(&[story], &Settings::new()), Written::Html)
}

/// A draft with figures of every standing, held against its sources.
fn draft() -> String {
    let draft = "corpora/drafts/ostvik-storm/draft.md".as_ref();
    let story = find_sources(draft, &["corpora/drafts/ostvik-storm".into()]).unwrap();
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
    for page in [draft(), sample()] {
        browser.open(&page);
        let complaints = browser.complaints();
        assert!(complaints.is_empty(), "{complaints:#?}");
    }
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
fn findings_are_put_in_order_and_back() {
    let Some(mut browser) = Browser::start() else { return };
    let story = find_story("corpora/stories/sorrel-ridge-wildfire".as_ref()).unwrap();
    browser.open(&corpora::written(&crosscheck::check(&[story], &Settings::new()), Written::Html));
    let orders = "[[...document.querySelectorAll('article.finding')].map(({id}) => id), \
                  [...document.querySelectorAll('[data-finding]')].map(({dataset}) => dataset.finding)]";
    let mut after = |order: &str| {
        browser.value(&format!(
            "{{ const {{order}} = document.getElementById('filter').elements; order.value = '{order}'; \
             order.dispatchEvent(new Event('input', {{bubbles: true}})); }}"
        ));
        let ids = browser.value(orders);
        assert_eq!(ids[0], ids[1], "the contents go with the findings");
        let told = "[...document.querySelectorAll('article.finding')].map(({dataset: {severity, place, gap}}) => \
                    [severity, Number(place), Number(gap ?? 0)])";
        (ids[0].clone(), browser.value(told).as_array().unwrap().clone())
    };
    let numbers = |told: &[Value], at: usize| -> Vec<f64> {
        told.iter().map(|finding| finding[at].as_f64().unwrap()).collect()
    };
    let (first, _) = after("");
    let (by_place, told) = after("place");
    assert!(numbers(&told, 1).is_sorted(), "from the top of the text down: {told:?}");
    let (_, told) = after("gap");
    assert!(numbers(&told, 2).is_sorted_by(|one, other| one >= other), "the widest apart first: {told:?}");
    assert!(numbers(&told, 2)[0] > 0.0, "{told:?}");
    assert_ne!(by_place, first);
    let (again, told) = after("");
    assert_eq!(again, first);
    assert_eq!(told[0][0], json!("error"));
}

#[test]
fn a_link_to_a_finding_that_is_filtered_out_shows_it() {
    let Some(mut browser) = Browser::start() else { return };
    browser.open(&draft());
    browser.value(
        "{ const form = document.getElementById('filter'); form.elements.text.value = 'no such words'; \
         form.dispatchEvent(new Event('input')); }",
    );
    let shown = "document.querySelectorAll('article.finding:not([hidden])').length";
    assert_eq!(browser.value(shown), json!(0));
    browser.value(
        "new Promise((done) => { addEventListener('hashchange', () => setTimeout(done)); \
         document.querySelector('.aside.disputed .to a').click(); })",
    );
    assert_eq!(browser.value(shown), json!(3));
}

#[test]
fn a_draft_reads_as_the_article_with_every_figure_marked() {
    let Some(mut browser) = Browser::start() else { return };
    browser.ask("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
    browser.open(&draft());
    browser.ask("Emulation.setScriptExecutionDisabled", json!({ "value": false }));
    let copy = browser
        .value("[...document.querySelectorAll('.copy')].map((passage) => passage.innerText).join(' ')");
    for words in ["Storm in Ostvik kills 14", "Boats make up 60%", "were measured off the cape."] {
        assert!(copy.as_str().unwrap().contains(words), "{copy}");
    }
    // A mark is told by its words, by a sign and by the shape of its line, each standing by its own.
    let told = "Object.fromEntries([...document.querySelectorAll('.copy a.figure')].map((mark) => [mark.classList[1], \
                [mark.querySelector('.unseen').textContent.split(' ')[1].replace(/\\W/, ''), \
                mark.querySelector('.tag').innerText.split(' ')[1], getComputedStyle(mark).borderBottomStyle]]))";
    assert_eq!(
        browser.value(told),
        json!({
            "superseded": ["superseded", "↑", "double"],
            "not-checked": ["not", "–", "dotted"],
            "corroborated": ["corroborated", "✓", "solid"],
            "alone": ["alone", "?", "dashed"],
            "disputed": ["disputed", "!", "double"],
        })
    );
    let there_and_back = "[...document.querySelectorAll('.copy a.figure')].filter((mark) => { \
                          const note = document.querySelector(mark.getAttribute('href')); \
                          return note.querySelector('a.tag').getAttribute('href') === `#${mark.id}` \
                          && note.classList[1] === mark.classList[1]; }).length";
    assert_eq!(browser.value(there_and_back), json!(13));
    // What is wrong leads to its finding, what is right to its topic, and both lead back to the draft.
    let ends = |kind: &str, end: &str| {
        format!(
            "[...document.querySelectorAll('.aside.{kind} a:not(.tag)')].filter((link) => {{ \
             const target = document.querySelector(`[id=\"${{link.getAttribute('href').slice(1)}}\"]`); \
             return target.matches('{end}') && target.querySelector('a[href*=-mark-]'); }}).length"
        )
    };
    assert_eq!(browser.value(&ends("disputed", "article.finding")), json!(1));
    assert_eq!(browser.value(&ends("superseded", "article.finding")), json!(1));
    assert_eq!(browser.value(&ends("corroborated", "tr")), json!(6));
    let beside = "document.querySelector('.notes').getBoundingClientRect().left > \
                  document.querySelector('.copy').getBoundingClientRect().left + 300";
    let wide = |width: u32| json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false });
    browser.ask("Emulation.setDeviceMetricsOverride", wide(1280));
    assert_eq!(browser.value(beside), json!(true), "the notes stand in the margin");
    browser.ask("Emulation.setDeviceMetricsOverride", wide(600));
    assert_eq!(browser.value(beside), json!(false), "or below, where there is no margin");
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
    for page in [sample(), draft(), hostile()] {
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
    for page in [sample(), draft()] {
        browser.open(&page);
        browser.value("document.querySelectorAll('details').forEach((folded) => folded.open = true)");
        for scheme in ["light", "dark"] {
            let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
            browser.ask("Emulation.setEmulatedMedia", json!({ "features": features }));
            assert_eq!(browser.value(include_str!("contrast.js")), json!([]), "{scheme}");
        }
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
    for page in [sample(), draft()] {
        browser.open(&page);
        assert_parts_are_named(&mut browser);
    }
}

fn assert_parts_are_named(browser: &mut Browser) {
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
