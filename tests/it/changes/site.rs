//! Where the site tells what changed: its page, records, feeds.
