//! The services that take posts, and the forms that they want them in.

/// A service that takes posts, and the form that it wants them in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Chat {
    /// Slack.
    Slack,
    /// Microsoft Teams, through a workflow.
    Teams(Shape),
    /// Discord.
    Discord,
    /// Mattermost.
    Mattermost,
}

/// What a workflow of Teams waits for: that depends on the template that it was made from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A message with the card attached to it.
    #[default]
    Message,
    /// The card alone.
    Card,
}

impl Chat {
    /// Returns the name of the service as it is typed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Slack => "slack",
            Self::Teams(_) => "teams",
            Self::Discord => "discord",
            Self::Mattermost => "mattermost",
        }
    }
}
