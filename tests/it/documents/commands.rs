//! Makes the reference of the commands from their definition, and keeps what stands in the documentation equal to it.

use clap::{Arg, ArgAction, Command};

#[test]
fn the_reference_of_the_commands_is_their_definition() {
    super::ends_with("docs/reference/commands.md", &reference());
}

fn reference() -> String {
    let mut command = precedent::cli::command();
    command.build();
    let commands: Vec<&Command> = command.get_subcommands().filter(|command| command.get_name() != "help").collect();
    let rows = commands.iter().map(|command| {
        let anchor = format!("precedent-{}", command.get_name());
        format!("| [`{}`](#{anchor}) | {} |\n", signature(command), about(command).replace('|', "\\|"))
    });
    let table = ["\n| Command | Does |\n|---|---|\n".to_owned()].into_iter().chain(rows).collect::<String>();
    let everywhere: String = command.get_arguments().filter(|arg| arg.is_global_set()).map(row).collect();
    let everywhere = format!("\nEvery command takes these too:\n\n| Option | Means |\n|---|---|\n{everywhere}");
    table + &everywhere + &commands.iter().map(|command| section(command, "## ", "precedent")).collect::<String>()
}

fn section(command: &Command, level: &str, above: &str) -> String {
    let name = format!("{above} {}", command.get_name());
    let mut out = format!("\n{level}`{name}`\n\n{}\n\n```text\n{above} {}\n```\n", about(command), usage(command));
    let rows: String = command.get_arguments().filter(|arg| !is_everywhere(arg)).map(row).collect();
    if !rows.is_empty() {
        out += &format!("\n| Argument or option | Means |\n|---|---|\n{rows}");
    }
    out += &notes(command);
    let below = command.get_subcommands().filter(|below| below.get_name() != "help");
    out + &below.map(|below| section(below, "### ", &name)).collect::<String>()
}

fn about(command: &Command) -> String {
    let about = command.get_about().expect("every command says what it does").to_string();
    if about.ends_with('.') { about } else { format!("{about}.") }
}

fn is_everywhere(arg: &Arg) -> bool {
    arg.is_global_set() || matches!(arg.get_id().as_str(), "help" | "version")
}

/// `search <QUERY>…`, as it stands in the table.
fn signature(command: &Command) -> String {
    let name = [command.get_name().to_owned()];
    name.into_iter().chain(command.get_positionals().map(positional)).collect::<Vec<_>>().join(" ")
}

/// `search [OPTIONS] <QUERY>…`
fn usage(command: &Command) -> String {
    let mut words = vec![command.get_name().to_owned()];
    if command.get_arguments().any(|arg| !arg.is_positional() && !is_everywhere(arg)) {
        words.push("[OPTIONS]".to_owned());
    }
    words.extend(command.get_positionals().map(positional));
    if command.has_subcommands() {
        words.push("<COMMAND>".to_owned());
    }
    words.join(" ")
}

fn positional(arg: &Arg) -> String {
    let name = value(arg);
    let many = if matches!(arg.get_action(), ArgAction::Append) { "…" } else { "" };
    if arg.is_required_set() { format!("<{name}>{many}") } else { format!("[{name}]{many}") }
}

fn value(arg: &Arg) -> String {
    arg.get_value_names().map_or_else(|| arg.get_id().to_string().to_uppercase(), |names| names[0].to_string())
}

/// `-d, --dest-dir <OUT>`, then what it means, its values and its default.
fn row(arg: &Arg) -> String {
    let takes_value = arg.get_action().takes_values();
    let mut names: Vec<String> = arg.get_short().map(|short| format!("-{short}")).into_iter().collect();
    names.extend(arg.get_long().map(|long| format!("--{long}")));
    let name = match (names.is_empty(), takes_value) {
        (true, _) => positional(arg),
        (false, true) => format!("{} <{}>", names.join(", "), value(arg)),
        (false, false) => names.join(", "),
    };
    let mut meaning = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let values = arg.get_possible_values();
    if takes_value && !values.is_empty() {
        let values: Vec<String> = values.iter().map(|value| format!("`{}`", value.get_name())).collect();
        meaning += &format!(": {}", values.join(", "));
    }
    if let Some(default) = arg.get_default_values().first().filter(|_| takes_value) {
        meaning += &format!(" [default: `{}`]", default.to_string_lossy());
    }
    format!("| `{name}` | {} |\n", meaning.replace('|', "\\|"))
}

/// The examples as a block to copy from, then what stands below them. The address of this page is left out.
fn notes(command: &Command) -> String {
    let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let mut out = String::new();
    for paragraph in help.split("\n\n").filter(|paragraph| !paragraph.starts_with("Documentation: ")) {
        match paragraph.strip_prefix("Examples:\n") {
            Some(examples) => out += &format!("\n```sh\n{}```\n", examples.lines().map(example).collect::<String>()),
            None if paragraph.is_empty() => {}
            None => out += &format!("\n{paragraph}\n"),
        }
    }
    out
}

/// What an example does stands after several spaces, here as a comment.
fn example(line: &str) -> String {
    match line.trim().split_once("   ") {
        Some((command, does)) => format!("{}  # {}\n", command.trim(), does.trim()),
        None => format!("{}\n", line.trim()),
    }
}
