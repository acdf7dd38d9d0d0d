//! `precedent announce`

mod range;

use std::collections::hash_map::RandomState;
use std::env;
use std::fs;
use std::hash::{BuildHasher, Hasher};
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use super::args::{Announce as Args, Recipient, ShapeName, word};
use super::environment::{self, WEBHOOK};
use super::{Error, Outcome, book, changes, terminal};
use crate::announce::{self, Announced, Memory, Status, Target, Terms, Webhook, send};
use crate::build::Difference;
use crate::changes::{Selection, address, waiting};
use crate::config::Setting;
use crate::data::pretty_json;
use crate::digest::{self, Address, Chat, Digest, Envelope, Shape, Voice};
use crate::disk::{Book, End, Environment, Told};
use crate::fingerprint::Fingerprint;
use crate::theme::{BuiltIn, Theme, Words};
use crate::time::Moment;
use range::Range;

/// How long a connection may take to be made, and how long the whole of one try.
const LIMITS: (Duration, Duration) = (Duration::from_secs(10), Duration::from_secs(30));

pub(super) fn run(args: &Args, environment: &Environment) -> Result<Outcome, Error> {
    check_options(args)?;
    let channel = Channel::of(args)?;
    let mut book = Book::open(&args.dir, environment)?;
    let zone = changes::zone(args.tz.as_deref(), &book)?;
    let selection = Selection { scopes: args.scope.clone(), people: args.person.clone(), ..Selection::default() };
    let target = channel.target(args, &selection, &book);
    let path = state_file(args, &book)?;
    let (mut memory, mut earlier) = if args.dry_run {
        (None, target.as_ref().map_or(Ok(None), |target| announce::last(&path, Some(target)))?)
    } else {
        let memory = Memory::open(&path)?;
        let earlier = target.as_ref().and_then(|target| memory.find(target)).cloned();
        (Some(memory), earlier)
    };
    if range::is_after_last(args) {
        settle(&mut earlier, memory.as_mut().zip(target.as_ref()))?;
    }
    let Range { since, until, from } = range::range(args, earlier.as_ref(), &book, &zone)?;
    let Told { difference: Difference { changes, after }, ends } = book.changes(&since, &until)?;
    range::check_order(args, &ends, &book)?;
    let is_told = range::is_told(earlier.as_ref(), &ends, &book)?;
    let (Some(until), false) = (&ends.until, is_told && !args.again) else {
        return Ok(nothing(args));
    };
    super::changes::check_scopes(&args.scope, &changes, &after.site)?;
    let changes = selection.changes(changes);
    if changes.pages.is_empty() {
        return Ok(nothing(args));
    }
    let words = Theme::built_in(BuiltIn::default()).words(&after.language);
    let period = digest::period(from.or(ends.since.as_ref().map(|point| point.at)), until.at, &zone);
    let page = address(&after.site);
    let voice = Voice {
        words: &words,
        zone: &zone,
        site: after.url.as_deref(),
        addresses: &after.site.addresses,
        page: &page,
        title: &after.title,
        period: &period,
    };
    let waits = selection.waiting(waiting(&after.site, zone.day_of(book::now())));
    let told = Message {
        digest: Digest::of(&changes, &waits, &voice),
        words: &words,
        language: &after.language,
        date: until.at,
    };
    let (Some(memory), Some(target)) = (memory, target) else {
        return channel.show(&told, None);
    };
    // Who repeats a part of what was announced takes nothing of the rest back.
    let (commit, at) = match &earlier {
        Some(earlier) if is_told => (earlier.commit.clone(), earlier.at),
        _ => (until.hash.clone(), until.at),
    };
    let since = ends.since.as_ref().map(|point| point.hash.clone());
    let announced = Announced { since, commit, at, status: Status::Unknown };
    deliver(args, &channel, &told, Record { memory, target, earlier, announced })?;
    if let Channel::Chat(_, Some(webhook)) = &channel {
        let pages = super::build::count(changes.pages.len(), "change");
        let commit = range::short(&until.hash);
        terminal::print(&format!("announced {pages} to {} at {}, up to {commit}\n", word(&args.to), webhook.host()))?;
    }
    Ok(Outcome::Clean)
}

/// Refuses options that the recipient has no use for.
fn check_options(args: &Args) -> Result<(), Error> {
    let is_mail = args.to == Recipient::Email;
    let is_printed = is_mail || args.to == Recipient::Markdown;
    let misplaced = |option, kind| Err(Error::Misplaced { option, kind });
    match () {
        () if args.mail.from.is_some() && !is_mail => misplaced("--from", "mail"),
        () if !args.mail.recipient.is_empty() && !is_mail => misplaced("--recipient", "mail"),
        () if args.mail.subject.is_some() && !is_mail => misplaced("--subject", "mail"),
        () if args.output.is_some() && !is_printed => misplaced("--output", "mail or Markdown"),
        () if args.webhook_env.is_some() && is_printed => misplaced("--webhook-env", "chat"),
        () if args.webhook_file.is_some() && is_printed => misplaced("--webhook-file", "chat"),
        () => Ok(()),
    }
}

/// Where it goes.
enum Channel {
    /// A chat; without an address what would be sent can be shown all the same.
    Chat(Chat, Option<Webhook>),
    Markdown,
    Mail {
        from: Address,
        to: Vec<Address>,
        subject: Option<String>,
    },
}

/// What is told.
struct Message<'a> {
    digest: Digest,
    words: &'a Words,
    language: &'a str,
    date: Moment,
}

impl Channel {
    fn of(args: &Args) -> Result<Self, Error> {
        let chat = match args.to {
            Recipient::Slack => Chat::Slack,
            Recipient::Teams => Chat::Teams(match args.teams_shape {
                ShapeName::Message => Shape::Message,
                ShapeName::Card => Shape::Card,
            }),
            Recipient::Discord => Chat::Discord,
            Recipient::Mattermost => Chat::Mattermost,
            Recipient::Markdown => return Ok(Self::Markdown),
            Recipient::Email => {
                let address =
                    |text: &String| Address::parse(text).ok_or_else(|| Error::NoMailbox { text: text.clone() });
                let from = address(args.mail.from.as_ref().expect("it is required with `--to email`"))?;
                let to = args.mail.recipient.iter().map(address).collect::<Result<_, _>>()?;
                return Ok(Self::Mail { from, to, subject: args.mail.subject.clone() });
            }
        };
        match webhook(args) {
            Err(Error::NoWebhook { .. }) if args.dry_run => Ok(Self::Chat(chat, None)),
            webhook => Ok(Self::Chat(chat, Some(webhook?))),
        }
    }

    /// Returns by what it is known what was announced there; nothing where it has no address.
    fn target(&self, args: &Args, selection: &Selection, book: &Book) -> Option<Target> {
        let address = match self {
            Self::Chat(_, webhook) => webhook.as_ref()?.fingerprint(),
            Self::Markdown => Fingerprint::of_bytes(b""),
            Self::Mail { .. } => Fingerprint::of_bytes(args.mail.recipient.join("\n").as_bytes()),
        };
        Some(Target::new(&word(&args.to), &address, selection, &book.place()))
    }

    /// Prints what is told, or writes it to a file.
    fn show(&self, message: &Message<'_>, output: Option<&PathBuf>) -> Result<Outcome, Error> {
        let Message { digest, words, language, date } = message;
        let text = match self {
            Self::Chat(chat, _) => {
                let posts = digest::posts(digest, *chat, words);
                posts.iter().map(|post| pretty_json(post) + "\n").collect()
            }
            Self::Markdown => {
                let text = digest::markdown(digest, words);
                text.strip_prefix(digest::MARK).map(|rest| rest.trim_start().to_owned()).unwrap_or(text)
            }
            Self::Mail { from, to, subject } => {
                let (from, to, subject) = (from.clone(), to.clone(), subject.clone());
                let mail = digest::mail(digest, &Envelope { from, to, subject, date: *date }, language);
                String::from_utf8(mail).expect("every part of a mail is text")
            }
        };
        match output {
            Some(path) => {
                fs::write(path, text).map_err(|source| Error::Output { path: path.clone(), source })?;
            }
            None => terminal::print_exactly(&text)?,
        }
        Ok(Outcome::Clean)
    }
}

/// Reads the address of the webhook.
fn webhook(args: &Args) -> Result<Webhook, Error> {
    if let Some(path) = &args.webhook_file {
        return Ok(Webhook::of_file(path)?);
    }
    let variable = args.webhook_env.as_deref().unwrap_or(WEBHOOK);
    // A setting may be shown where it is wrong.
    if Setting::of_variable(variable, "").is_some() {
        return Err(Error::WebhookSetting { variable: terminal::harmless(variable) });
    }
    match env::var(variable) {
        Ok(address) if !address.trim().is_empty() => Ok(Webhook::parse(&address)?),
        _ => Err(Error::NoWebhook { variable: terminal::harmless(variable) }),
    }
}

/// Returns the file that remembers what was announced of a book.
fn state_file(args: &Args, book: &Book) -> Result<PathBuf, Error> {
    args.state.clone().or_else(|| default_state(book)).ok_or(Error::NoState)
}

/// Returns the file that remembers it where none is named; nothing where the user has no folder for it.
fn default_state(book: &Book) -> Option<PathBuf> {
    Some(book.folder_in(&environment::state_dir()?).join("announced.json"))
}

/// Returns the state of the book that was announced last, to anybody; as remembered where no file is named.
pub(super) fn last_end(book: &Book) -> Result<End, Error> {
    let path = default_state(book).ok_or(Error::NoState)?;
    let last = announce::last(&path, None)?.ok_or(Error::NoAnnouncement)?;
    range::after(&last, book)
}

/// Counts an announcement of which nobody knew what became of it as sent: who goes on after it has looked.
fn settle(earlier: &mut Option<Announced>, kept: Option<(&mut Memory, &Target)>) -> Result<(), Error> {
    let Some(earlier) = earlier.as_mut().filter(|earlier| earlier.status == Status::Unknown) else { return Ok(()) };
    earlier.status = Status::Sent;
    if let Some((memory, target)) = kept {
        memory.keep(target, Some(earlier.clone()))?;
        eprintln!("note: the last announcement, up to {}, now counts as sent", range::short(&earlier.commit));
    }
    Ok(())
}

/// Says that nothing is to be said, and not where a message is expected.
fn nothing(args: &Args) -> Outcome {
    const NOTHING: &str = "nothing to announce";
    match args.to {
        Recipient::Markdown | Recipient::Email => eprintln!("{NOTHING}"),
        _ => println!("{NOTHING}"),
    }
    Outcome::Clean
}

/// What is remembered of an announcement.
struct Record {
    memory: Memory,
    target: Target,
    earlier: Option<Announced>,
    announced: Announced,
}

/// Sends or prints it, and remembers what became of it: also where this run is stopped in the middle.
fn deliver(args: &Args, channel: &Channel, message: &Message<'_>, record: Record) -> Result<(), Error> {
    let Record { mut memory, target, earlier, announced } = record;
    memory.keep(&target, Some(announced.clone()))?;
    let outcome = match channel {
        Channel::Chat(chat, Some(webhook)) => {
            let posts = digest::posts(&message.digest, *chat, message.words);
            let mut terms = Terms {
                now: &book::now,
                wait: &mut thread::sleep,
                chance: &mut || RandomState::new().build_hasher().finish() as f64 / u64::MAX as f64,
                limits: LIMITS,
            };
            send(webhook, *chat, &posts, &mut terms).map_err(Error::from)
        }
        channel => channel.show(message, args.output.as_ref()).map(drop),
    };
    match &outcome {
        Ok(()) => memory.keep(&target, Some(Announced { status: Status::Sent, ..announced }))?,
        Err(Error::Announce(error)) if error.is_unsettled() => {}
        Err(_) => memory.keep(&target, earlier)?,
    }
    outcome
}
