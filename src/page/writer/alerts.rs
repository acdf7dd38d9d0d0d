//! Alerts and quotes: what is put around them.

use std::ops::Range;

use pulldown_cmark::BlockQuoteKind;

use super::super::Labels;
use super::super::markdown::{Alert, Fold};
use super::Writer;
use super::blocks::escaped;

impl Writer<'_> {
    /// Opens an alert with what its author says of its frame. Its title is text of the page.
    pub(super) fn start_alert(&mut self, alert: &Alert, range: &Range<usize>) {
        let (class, label) = kind_of_alert(alert.kind, self.input.labels);
        let title = escaped(if alert.title.is_empty() { label } else { &alert.title });
        let frame = match alert.fold {
            Fold::Never => {
                format!("<div class=\"alert {class}\" role=\"note\"><p class=\"alert-title\">{title}</p>\n")
            }
            Fold::Open => {
                format!("<details class=\"alert {class}\" open=\"\"><summary class=\"alert-title\">{title}</summary>\n")
            }
            Fold::Closed => {
                format!("<details class=\"alert {class}\"><summary class=\"alert-title\">{title}</summary>\n")
            }
        };
        self.open(range, &frame);
        self.plain(&alert.title);
        self.break_plain();
    }

    pub(super) fn end_alert(&mut self, fold: Fold) {
        self.close(if fold == Fold::Never { "</div>\n" } else { "</details>\n" });
    }
}

fn kind_of_alert(kind: BlockQuoteKind, labels: &Labels) -> (&'static str, &str) {
    let [note, tip, important, warning, caution] = &labels.alerts;
    match kind {
        BlockQuoteKind::Note => ("note", note),
        BlockQuoteKind::Tip => ("tip", tip),
        BlockQuoteKind::Important => ("important", important),
        BlockQuoteKind::Warning => ("warning", warning),
        BlockQuoteKind::Caution => ("caution", caution),
    }
}

pub(super) fn quote_start(kind: Option<BlockQuoteKind>, labels: &Labels) -> String {
    let Some(kind) = kind else { return "<blockquote>\n".to_owned() };
    let (class, title) = kind_of_alert(kind, labels);
    let title = escaped(title);
    format!("<div class=\"alert {class}\" role=\"note\"><p class=\"alert-title\">{title}</p>\n")
}
