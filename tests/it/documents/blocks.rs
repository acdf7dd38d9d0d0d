//! Cuts a page into prose and fenced code blocks.

/// A piece of a page, with every byte of it.
pub enum Piece<'t> {
    Prose(&'t str),
    Block(Block<'t>),
}

/// A code block: the line of its fence, what stands in it, the fence that ends it.
#[derive(Clone, Copy)]
pub struct Block<'t> {
    pub opening: &'t str,
    pub content: &'t str,
    pub closing: &'t str,
}

impl<'t> Block<'t> {
    /// The words after the fence.
    pub fn words(&self) -> Vec<&'t str> {
        self.opening.trim_start_matches('`').split_whitespace().collect()
    }

    /// The file that it shows.
    pub fn title(&self) -> Option<&'t str> {
        self.words().iter().find_map(|word| word.strip_prefix("title=\"")?.strip_suffix('"'))
    }
}

/// Cuts a page at the fences that begin a line.
pub fn pieces(page: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find("\n```").map(|at| at + 1) {
        let line = at + rest[at..].find('\n').expect("a block has lines") + 1;
        let fence: String = rest[at..line].chars().take_while(|letter| *letter == '`').collect();
        let ending = format!("\n{fence}\n");
        // An empty block ends where its first line does.
        let end = line - 1 + rest[line - 1..].find(&ending).expect("a block ends") + 1;
        let after = end + fence.len() + 1;
        pieces.push(Piece::Prose(&rest[..at]));
        let block = Block { opening: &rest[at..line], content: &rest[line..end], closing: &rest[end..after] };
        pieces.push(Piece::Block(block));
        rest = &rest[after..];
    }
    pieces.push(Piece::Prose(rest));
    pieces
}

/// The code blocks of a page.
pub fn blocks(page: &str) -> Vec<Block<'_>> {
    let block = |piece| if let Piece::Block(block) = piece { Some(block) } else { None };
    pieces(page).into_iter().filter_map(block).collect()
}

/// The page without its code blocks.
pub fn prose(page: &str) -> String {
    let prose = |piece| if let Piece::Prose(prose) = piece { Some(prose) } else { None };
    pieces(page).into_iter().filter_map(prose).collect()
}
