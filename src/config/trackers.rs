//! `[trackers]`: how issues are mentioned, and where they are: `"QS-{n}" = "https://tracker.example/browse/QS-{n}"`.

use super::reader::Reader;
use crate::data::{Schema, Value};
use crate::tracker::{Fault, MOST, Tracker, Trackers};

pub(super) fn read_trackers(table: &mut Reader<'_>) -> Trackers {
    let mut trackers = Vec::new();
    for entry in table.entries(Schema::Text) {
        let Value::Text(address) = &entry.node.value else {
            table.wrong::<()>(entry, "the address of an issue, with `{n}` for its number");
            continue;
        };
        match Tracker::new(&entry.key, address) {
            Ok(_) if trackers.len() == MOST => {
                table.invalid(
                    entry,
                    &format!("there are more than {MOST} trackers"),
                    "leave out those that nobody mentions",
                );
            }
            Ok(tracker) => trackers.push(tracker),
            Err(fault) => table.invalid(entry, &fault.to_string(), help(fault)),
        }
    }
    Trackers::new(trackers)
}

fn help(fault: Fault) -> &'static str {
    match fault {
        Fault::Address | Fault::NoNumber => "write it as `\"QS-{n}\" = \"https://tracker.example/browse/QS-{n}\"`",
        Fault::Placeholder => "write a line for each project: `\"QS-{n}\"`, `\"OPS-{n}\"`",
        Fault::Pattern | Fault::Blank | Fault::Everything => {
            "write it as `\"QS-{n}\"`, `\"#{n}\"` or `\"owner/repo#{n}\"`"
        }
    }
}
