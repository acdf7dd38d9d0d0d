//! Other people's programs (grammars, diagrams), each run on a thread of its own with a large stack and a limit of work.
//!
//! A job comes in, its answer comes out, or that there is none. The limit counts the processor time of the thread and
//! not the time on the wall, so a machine under load gives what an idle one gives; and a job that reaches it stops the
//! build, so that no site ever depends on how fast a machine is. What is known to be too much by its text alone is turned
//! away before, by those who ask.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How much processor time one job may take; the slowest real ones take a hundredth of it.
const JOB: Duration = Duration::from_secs(20);

/// How much the jobs of one page may take.
const PAGE: Duration = Duration::from_secs(60);

/// How much the jobs of one book may take.
const BOOK: Duration = Duration::from_secs(600);

/// What a job counts that ended its thread.
const FAILED: Duration = Duration::from_secs(1);

/// How often a job that has no answer yet is looked at.
const LOOK: Duration = Duration::from_millis(250);

/// The stack of a job, in bytes, of which only what is used is taken. Diagrams are read by recursion, as deep as their
/// longest text allows.
const STACK: usize = 128 << 20;

/// What the pages of a book have spent together, in milliseconds.
#[derive(Debug, Default)]
pub struct Budget(AtomicU64);

/// Why a job has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoAnswer {
    /// It panicked.
    Failed,
    /// It, its page or its book took too much work.
    TooMuchWork,
}

/// Says to a job that nobody waits for it any more.
#[derive(Clone, Default)]
pub(super) struct Stop(Arc<Request>);

#[derive(Default)]
struct Request {
    is_made: AtomicBool,
    /// What a job wants to be called then.
    call: Mutex<Option<Box<dyn FnOnce() + Send>>>,
}

impl Stop {
    /// Says whether the job shall end.
    #[cfg(any(test, feature = "highlight"))]
    pub(super) fn is_wanted(&self) -> bool {
        self.0.is_made.load(Ordering::Relaxed)
    }

    /// Has something called when the job shall end, for one that does not ask by itself.
    #[cfg(feature = "diagrams")]
    pub(super) fn calls(&self, call: impl FnOnce() + Send + 'static) {
        *self.0.call.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(call));
    }

    fn request(&self) {
        self.0.is_made.store(true, Ordering::Relaxed);
        if let Some(call) = self.0.call.lock().unwrap_or_else(PoisonError::into_inner).take() {
            call();
        }
    }
}

type Job<S> = Box<dyn FnOnce(&mut S, &Stop) + Send>;

/// Runs the jobs of one page. Its thread starts with the first; what it keeps between jobs is an `S`.
pub(super) struct Runner<'b, S> {
    worker: Option<Worker<S>>,
    book: &'b Budget,
    spent: Duration,
    limit: Duration,
}

struct Worker<S> {
    jobs: Sender<Job<S>>,
    stop: Stop,
    clock: clock::OfThread,
}

impl<'b, S: Default + 'static> Runner<'b, S> {
    pub(super) fn new(book: &'b Budget) -> Self {
        Self { worker: None, book, spent: Duration::ZERO, limit: JOB }
    }

    /// Returns the answer of a job.
    pub(super) fn run<A: Send + 'static>(
        &mut self,
        job: impl FnOnce(&mut S, &Stop) -> A + Send + 'static,
    ) -> Result<A, NoAnswer> {
        let of_book = Duration::from_millis(self.book.0.load(Ordering::Relaxed));
        if self.spent > PAGE || of_book > BOOK {
            return Err(NoAnswer::TooMuchWork);
        }
        let worker = self.worker.take().unwrap_or_else(start);
        let (answer, answers) = channel();
        let before = worker.clock.now();
        let sent = worker.jobs.send(Box::new(move |state, stop| {
            // Nobody waits any more where the job took too long.
            let _ = answer.send(job(state, stop));
        }));
        sent.expect("the thread waits for jobs until its sender is dropped");
        let result = wait(&answers, &worker, before, self.limit);
        let spent = match result {
            // A thread that ended has no clock any more.
            Err(NoAnswer::Failed) => FAILED,
            _ => worker.clock.now().saturating_sub(before),
        };
        self.spent += spent;
        self.book.0.fetch_add(spent.as_millis().try_into().unwrap_or(u64::MAX), Ordering::Relaxed);
        match result {
            Ok(_) => self.worker = Some(worker),
            Err(_) => worker.stop.request(),
        }
        result
    }
}

/// Waits until there is an answer, or the job has used up its limit.
fn wait<A, S>(answers: &Receiver<A>, worker: &Worker<S>, before: Duration, limit: Duration) -> Result<A, NoAnswer> {
    loop {
        match answers.recv_timeout(LOOK) {
            Ok(answer) => return Ok(answer),
            Err(RecvTimeoutError::Disconnected) => return Err(NoAnswer::Failed),
            Err(RecvTimeoutError::Timeout) if worker.clock.now().saturating_sub(before) > limit => {
                return Err(NoAnswer::TooMuchWork);
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

fn start<S: Default + 'static>() -> Worker<S> {
    let (jobs, waiting) = channel::<Job<S>>();
    let (ready, clocks) = channel();
    let stop = Stop::default();
    let seen = stop.clone();
    let run = move || {
        if ready.send(clock::OfThread::current()).is_err() {
            return;
        }
        let mut state = S::default();
        for job in waiting {
            job(&mut state, &seen);
        }
    };
    std::thread::Builder::new()
        .name("foreign".to_owned())
        .stack_size(STACK)
        .spawn(run)
        .expect("a machine that starts threads for pages starts one more");
    let clock = clocks.recv().expect("the thread sends its clock before anything else");
    Worker { jobs, stop, clock }
}

#[cfg(target_os = "linux")]
mod clock {
    use std::time::Duration;

    use nix::time::{ClockId, clock_gettime};
    use nix::unistd::gettid;

    /// The processor time of a thread, which others of its process can read.
    pub(super) struct OfThread(ClockId);

    impl OfThread {
        /// Returns the clock of the thread that asks.
        pub(super) fn current() -> Self {
            // `MAKE_THREAD_CPUCLOCK` of the kernel, as `pthread_getcpuclockid` of glibc and musl makes it.
            const PER_THREAD_SCHEDULED: i32 = 4 | 2;
            Self(ClockId::from_raw((!gettid().as_raw() << 3) | PER_THREAD_SCHEDULED))
        }

        /// Returns what the thread has used; nothing when it has ended.
        pub(super) fn now(&self) -> Duration {
            clock_gettime(self.0).map_or(Duration::ZERO, Duration::from)
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod clock {
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::time::Duration;

    use super::LOOK;

    /// How much slower than alone a thread may run on a machine under load.
    const LOAD: u32 = 30;

    /// Where no clock of another thread can be read: how often it was looked at, as if most of that time went to others.
    pub(super) struct OfThread(AtomicU32);

    impl OfThread {
        pub(super) fn current() -> Self {
            Self(AtomicU32::new(0))
        }

        pub(super) fn now(&self) -> Duration {
            LOOK * self.0.fetch_add(1, Ordering::Relaxed) / LOAD
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn busy(stop: &Stop) {
        while !stop.is_wanted() {
            std::hint::black_box(1);
        }
    }

    #[test]
    fn a_job_answers_keeps_its_state_and_may_fail() {
        let budget = Budget::default();
        let mut runner = Runner::<usize>::new(&budget);
        let count = |state: &mut usize, _: &Stop| {
            *state += 1;
            *state
        };
        assert_eq!((runner.run(count), runner.run(count)), (Ok(1), Ok(2)));
        assert_eq!(runner.run(|_, _| -> usize { panic!("a fault of somebody else") }), Err(NoAnswer::Failed));
        assert_eq!(runner.run(count), Ok(1));
    }

    #[test]
    fn a_job_that_works_too_long_is_stopped_and_one_that_waits_is_not() {
        let budget = Budget::default();
        let mut runner = Runner::<()> { limit: Duration::from_millis(100), ..Runner::new(&budget) };
        assert_eq!(runner.run(|_, stop| busy(stop)), Err(NoAnswer::TooMuchWork));
        // Time on the wall costs nothing: a channel that nobody answers for far more than the limit.
        let (_keep, never) = channel::<()>();
        assert_eq!(runner.run(move |_, _| never.recv_timeout(LOOK * 4).is_err()), Ok(true));
        assert!(budget.0.load(Ordering::Relaxed) >= 100);
    }

    #[test]
    fn a_page_and_a_book_have_a_budget() {
        let spent = Budget(AtomicU64::new(BOOK.as_millis() as u64 + 1));
        assert_eq!(Runner::<()>::new(&spent).run(|_, _| ()), Err(NoAnswer::TooMuchWork));
        let budget = Budget::default();
        let mut page = Runner::<()> { spent: PAGE + LOOK, ..Runner::new(&budget) };
        assert_eq!(page.run(|_, _| ()), Err(NoAnswer::TooMuchWork));
    }

    #[test]
    fn a_deep_recursion_has_room() {
        fn depth(left: usize) -> usize {
            let frame = [left; 64];
            if left == 0 { 0 } else { std::hint::black_box(frame)[1] - left + 1 + depth(left - 1) }
        }
        let budget = Budget::default();
        assert_eq!(Runner::<()>::new(&budget).run(|_, _| depth(64 * 1024)), Ok(64 * 1024));
    }
}
