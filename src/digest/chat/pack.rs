//! What goes into which post: parts with items that know their size come in, posts with parts that fit come out.

/// How much fits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// In one post, without its head and foot.
    pub(super) post: usize,
    /// In one piece of a post.
    pub(super) piece: usize,
    /// How many pieces a post has.
    pub(super) pieces: usize,
    /// How many posts.
    pub(super) posts: usize,
}

/// A part of the message, or a piece of it: the same heading stands over each.
#[derive(Debug, Clone)]
pub(super) struct Piece<T> {
    pub(super) heading: T,
    /// How much the heading takes, with what is around the piece.
    pub(super) size: usize,
    /// Each with how much it takes.
    pub(super) items: Vec<(T, usize)>,
}

/// The posts, and how many items went into none.
pub(super) struct Packed<T> {
    pub(super) posts: Vec<Vec<Piece<T>>>,
    pub(super) left: usize,
}

/// Packs the items in their order; the first that fits nowhere ends it.
pub(super) fn pack<T: Clone>(parts: Vec<Piece<T>>, room: Room) -> Packed<T> {
    let count = |parts: &[Piece<T>]| parts.iter().map(|part| part.items.len()).sum::<usize>();
    let all = count(&parts);
    let mut posts: Vec<Vec<Piece<T>>> = Vec::new();
    'all: for Piece { heading, size, items } in parts {
        let mut is_new = true;
        for (item, taken) in items {
            let in_piece = posts.last().and_then(|post| post.last()).filter(|_| !is_new).map(of_piece);
            let in_post = posts.last().map_or(0, |post| post.iter().map(of_piece).sum());
            let count = posts.last().map_or(room.pieces, Vec::len);
            let fits_piece = in_piece.is_some_and(|piece| piece + taken <= room.piece);
            let opened = size + taken;
            if fits_piece && in_post + taken <= room.post {
                let piece = posts.last_mut().and_then(|post| post.last_mut()).expect("it was looked at");
                piece.items.push((item, taken));
                continue;
            }
            if opened > room.piece.min(room.post) {
                break 'all;
            }
            if count >= room.pieces || in_post + opened > room.post {
                if posts.len() == room.posts {
                    break 'all;
                }
                posts.push(Vec::new());
            }
            let post = posts.last_mut().expect("there is one, as a full one is followed by the next");
            post.push(Piece { heading: heading.clone(), size, items: vec![(item, taken)] });
            is_new = false;
        }
    }
    let told: usize = posts.iter().map(|post| count(post)).sum();
    // A message of small edits alone is one too.
    if posts.is_empty() {
        posts.push(Vec::new());
    }
    Packed { posts, left: all - told }
}

fn of_piece<T>(piece: &Piece<T>) -> usize {
    piece.size + piece.items.iter().map(|(_, taken)| taken).sum::<usize>()
}
