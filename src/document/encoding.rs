//! Bytes to text, with the way back: what encoding a file is in, and where each character stood.

use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::source_map::SourceMap;

/// A file's text and how it was read.
#[derive(Debug)]
pub(super) struct Decoded {
    /// The text.
    pub(super) text: String,
    /// From the text to the file's bytes.
    pub(super) map: SourceMap,
    /// The encoding's standard name.
    pub(super) encoding: &'static str,
    /// Where bytes stood that mean nothing in this encoding: the first one's offset, and how many.
    pub(super) malformed: Option<(usize, usize)>,
}

/// Why bytes are not text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NotText(pub(super) String);

/// The standard name of an encoding: `UTF-8` of "utf8".
#[must_use]
pub fn standard_name(label: &str) -> Option<&'static str> {
    Encoding::for_label(label.as_bytes()).map(Encoding::name)
}

/// Bytes looked at for a declaration of the encoding.
const DECLARATION_BYTES: usize = 1024;

/// Decodes a file: a byte order mark decides, then zero bytes (UTF-16), then well-formed UTF-8, then the declared
/// encoding of a page, then detection.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, NotText> {
    if bytes.starts_with(&[0xff, 0xfe, 0, 0]) || bytes.starts_with(&[0, 0, 0xfe, 0xff]) {
        return Err(NotText("is in UTF-32, which is not read: save it as UTF-8".to_owned()));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(decode_as(encoding, bytes, mark));
    }
    if bytes.contains(&0) {
        return match utf16_by_zeros(bytes) {
            Some(encoding) => Ok(decode_as(encoding, bytes, 0)),
            None => Err(not_text(bytes)),
        };
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(as_it_stands(text, 0));
    }
    if is_damaged_utf8(bytes) {
        return Ok(decode_stepwise(UTF_8, bytes, 0));
    }
    let declared = declared(bytes).filter(|encoding| *encoding != UTF_8);
    let encoding = declared.unwrap_or_else(|| {
        let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
        detector.feed(bytes, true);
        western(detector.guess(None, chardetng::Utf8Detection::Deny))
    });
    Ok(decode_as(encoding, bytes, 0))
}

/// A guessed encoding; windows-1252 for those of Latin letters that no language here is written in: "naïve" beside "£5" looks
/// like one of them.
fn western(guessed: &'static Encoding) -> &'static Encoding {
    use encoding_rs as known;
    let foreign = [
        known::WINDOWS_1250,
        known::WINDOWS_1254,
        known::WINDOWS_1257,
        known::WINDOWS_1258,
        known::ISO_8859_2,
        known::ISO_8859_4,
    ];
    if foreign.contains(&guessed) { known::WINDOWS_1252 } else { guessed }
}

fn not_text(bytes: &[u8]) -> NotText {
    let at = bytes.iter().position(|byte| *byte == 0).unwrap_or_default();
    NotText(format!("expected text, found a zero byte at offset {at}: is it another kind of file?"))
}

/// UTF-8 with a few broken bytes: more of its characters beyond ASCII are whole than broken.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let broken = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    let whole = text.chars().filter(|c| !c.is_ascii() && *c != char::REPLACEMENT_CHARACTER).count();
    whole > broken
}

/// UTF-16 without a byte order mark: text of any script has spaces and figures, whose high bytes are zero.
fn utf16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(4096))?;
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), sample.len() / 2);
    let many = |zeros: usize| zeros * 20 > pairs && zeros > 1;
    match (many(even), many(odd)) {
        (true, false) if odd * 50 <= pairs => Some(UTF_16BE),
        (false, true) if even * 50 <= pairs => Some(UTF_16LE),
        (true | false, true | false) => None,
    }
}

/// The encoding that a page declares of itself: `<meta charset=…>` or an XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(DECLARATION_BYTES))?).to_ascii_lowercase();
    let after = ["charset=", "encoding="].iter().find_map(|key| head.split_once(key))?.1;
    let label = after.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(['"', '\'', ' ', ';', '>', '/', '?']).unwrap_or(label.len());
    Encoding::for_label(label.get(..end)?.as_bytes())
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8], mark: usize) -> Decoded {
    let body = bytes.get(mark..).unwrap_or_default();
    if encoding == UTF_8
        && let Ok(text) = std::str::from_utf8(body)
    {
        return as_it_stands(text, mark);
    }
    decode_stepwise(encoding, body, mark)
}

/// Well-formed UTF-8, behind a byte order mark of so many bytes.
fn as_it_stands(text: &str, mark: usize) -> Decoded {
    let mut map = SourceMap::default();
    map.push_same(0, mark, text.len());
    Decoded { text: text.to_owned(), map, encoding: UTF_8.name(), malformed: None }
}

/// Decodes byte by byte, so that each character knows the bytes it came from.
fn decode_stepwise(encoding: &'static Encoding, body: &[u8], mark: usize) -> Decoded {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(body.len());
    let mut map = SourceMap::default();
    let mut malformed: Option<(usize, usize)> = None;
    let mut pending = mark;
    let mut room = [0_u8; 16];
    for (at, byte) in body.iter().map(Some).chain([None]).enumerate() {
        let input = byte.map_or(&[][..], std::slice::from_ref);
        let mut rest = input;
        loop {
            let (result, read, written) =
                decoder.decode_to_utf8_without_replacement(rest, &mut room, byte.is_none());
            let end = mark + (at + read).min(body.len());
            let piece = room.get(..written).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("");
            if !piece.is_empty() {
                map.push_replaced(text.len()..text.len() + piece.len(), pending..end);
                text.push_str(piece);
                pending = end;
            }
            match result {
                DecoderResult::Malformed(_, _) => {
                    let (first, count) = malformed.unwrap_or((pending, 0));
                    malformed = Some((first, count + 1));
                    let replaced = char::REPLACEMENT_CHARACTER;
                    map.push_replaced(
                        text.len()..text.len() + replaced.len_utf8(),
                        pending..end.max(pending),
                    );
                    text.push(replaced);
                    pending = end.max(pending);
                    rest = rest.get(read..).unwrap_or_default();
                }
                DecoderResult::InputEmpty | DecoderResult::OutputFull => break,
            }
        }
    }
    Decoded { text, map, encoding: encoding.name(), malformed }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every character's bytes, cut out of the file, are that character again.
    fn assert_maps_back(encoding: &'static Encoding, bytes: &[u8], decoded: &Decoded) {
        for (at, c) in decoded.text.char_indices() {
            let span = decoded.map.start(at)..decoded.map.end(at + c.len_utf8());
            let (back, _) = encoding.decode_without_bom_handling(&bytes[span]);
            assert_eq!(back, c.to_string());
        }
    }

    #[test]
    fn every_character_knows_its_bytes() {
        let text = "Rund 1,2 Mrd. Euro – 8 500 € für 3 Jahre, sagte Müller. 2兆円 100억 원";
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let decoded = decode(&bytes).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), (text, "UTF-16LE"));
        assert_maps_back(UTF_16LE, &bytes, &decoded);
        let japanese = "政府は三日、総額二兆三千億円の計画を発表した。二〇三〇年までに八つの工場を建設し、約五千人を雇用するという。";
        let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(japanese);
        let decoded = decode(&bytes).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), (japanese, "Shift_JIS"));
        assert_maps_back(encoding_rs::SHIFT_JIS, &bytes, &decoded);
    }

    #[test]
    fn a_declared_encoding_is_believed_where_utf8_fails() {
        let decoded = decode(b"<meta charset=\"windows-1252\"><p>5 \x80 \x96 6 \x80</p>").unwrap();
        assert_eq!(decoded.encoding, "windows-1252");
        assert!(decoded.text.contains("5 € – 6 €"));
    }

    #[test]
    fn a_pound_beside_a_diaeresis_is_western() {
        let decoded = decode(b"It cost \xa35 million. Critics called the plan na\xefve.").unwrap();
        assert_eq!(decoded.encoding, "windows-1252");
        assert!(decoded.text.contains("\u{a3}5 million"));
    }

    #[test]
    fn a_cut_character_is_counted() {
        let decoded = decode(b"\xff\xfe1\x002\x003").unwrap();
        assert_eq!(decoded.malformed, Some((6, 1)));
        assert_eq!(decoded.text, "12\u{fffd}");
    }

    #[test]
    fn other_kinds_of_file_are_refused() {
        assert!(decode(b"PK\x03\x04\x00\x00\x00\x00ab\x00\x00").is_err());
    }
}
