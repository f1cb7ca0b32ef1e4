//! Markdown: `CommonMark` with tables and front matter, each piece of text at its place in the file.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use super::BlockKind;
use super::builder::{Builder, Table};
use super::html;

pub(super) fn read(builder: &mut Builder<'_>) -> Result<(), String> {
    let source = builder.source;
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut reader =
        Reader { builder, table: Table::new(), is_metadata: false, quotes: 0, has_headline: false };
    let mut html_block: Option<Range<usize>> = None;
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        match event {
            Event::Start(Tag::HtmlBlock) => html_block = Some(range),
            Event::End(TagEnd::HtmlBlock) => {
                if let Some(range) = html_block.take() {
                    reader.builder.close();
                    html::read_part(reader.builder, range)?;
                }
            }
            _ if html_block.is_some() => {}
            Event::Start(tag) => reader.start(&tag, range),
            Event::End(tag) => reader.end(tag),
            Event::Text(text) => reader.text(&text, range),
            Event::Code(code) => reader.code(&code, range),
            Event::SoftBreak | Event::HardBreak => reader.builder.push_space(range),
            Event::InlineHtml(tag) => {
                let comment = tag.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
                reader.builder.comment(comment.unwrap_or_default(), range);
            }
            Event::Html(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::Rule
            | Event::TaskListMarker(_) => {}
        }
    }
    reader.builder.close();
    Ok(())
}

struct Reader<'a, 'b> {
    builder: &'a mut Builder<'b>,
    table: Table,
    is_metadata: bool,
    quotes: usize,
    has_headline: bool,
}

impl Reader<'_, '_> {
    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph if self.builder.is_open() => self.builder.push_space(range.start..range.start),
            Tag::Item => self.builder.open_item(self.prose()),
            Tag::Paragraph | Tag::CodeBlock(CodeBlockKind::Indented | CodeBlockKind::Fenced(_)) => {
                self.builder.open(self.prose());
            }
            Tag::Heading { level, .. } => {
                let is_headline =
                    *level == HeadingLevel::H1 || !self.has_headline && self.builder.blocks.is_empty();
                self.has_headline |= is_headline;
                self.builder.open(if is_headline { BlockKind::Headline } else { BlockKind::Heading });
            }
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::MetadataBlock(MetadataBlockKind::YamlStyle | MetadataBlockKind::PlusesStyle) => {
                self.is_metadata = true;
                self.builder.open(BlockKind::Furniture);
            }
            Tag::Table(_) => self.table = Table::new(),
            Tag::TableCell => self.builder.open(BlockKind::Cell),
            Tag::FootnoteDefinition(_) => self.builder.open(BlockKind::Body),
            Tag::HtmlBlock
            | Tag::List(_)
            | Tag::TableHead
            | Tag::TableRow
            | Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition => {}
        }
    }

    /// What a paragraph is to the reader here.
    fn prose(&self) -> BlockKind {
        if self.quotes > 0 { BlockKind::Quote } else { BlockKind::Body }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::FootnoteDefinition => {
                self.builder.close();
            }
            TagEnd::MetadataBlock(_) => {
                self.is_metadata = false;
                self.builder.close();
            }
            TagEnd::TableCell => {
                let cell = self.builder.close();
                self.table.push_cell(&mut self.builder.blocks, cell);
            }
            TagEnd::TableHead | TagEnd::TableRow => self.table.end_row(),
            TagEnd::BlockQuote(_) => self.quotes = self.quotes.saturating_sub(1),
            TagEnd::HtmlBlock
            | TagEnd::List(_)
            | TagEnd::Table
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition => {}
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if self.is_metadata {
            self.metadata(text);
        }
        if !self.builder.is_open() {
            // A tight list item after a nested list, or text that no block holds: it is never dropped.
            self.builder.open(BlockKind::Body);
        }
        if self.builder.source.get(range.clone()) == Some(text) {
            self.builder.push(range);
        } else {
            self.builder.push_replaced(text, range);
        }
    }

    fn code(&mut self, code: &str, range: Range<usize>) {
        let inner =
            self.builder.source.get(range.clone()).and_then(|raw| raw.find(code)).map(|at| range.start + at);
        match inner {
            Some(start) => self.text(code, start..start + code.len()),
            None => self.text(code, range),
        }
    }

    fn metadata(&mut self, yaml: &str) {
        for line in yaml.lines() {
            let Some((key, value)) = line.split_once(':') else {
                continue;
            };
            let value = value.trim().trim_matches(['"', '\'']).to_owned();
            let facts = &mut self.builder.facts;
            match key.trim().to_ascii_lowercase().as_str() {
                "title" | "headline" => facts.title = Some(value),
                "date" | "published" | "publish_date" | "published_at" | "release_date" | "as_of"
                | "datepublished" => {
                    facts.dates.push(value);
                }
                "lang" | "language" => facts.language = Some(value),
                "outlet" | "source" | "publisher" | "publication" | "site" => facts.outlet = Some(value),
                _ => {}
            }
        }
    }
}
