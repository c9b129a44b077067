//! Connections for reads of one statement, kept at hand.
//!
//! sqlx's pool spawns a task and pings with every connection that is given back. That is right for a connection in an
//! unknown state and dear for one that has just answered: without it a lone reader gets half as many overviews again per second. A lane's connection comes
//! from the pool once and goes back to it, ping and all, only if its last statement failed or was given up half-way.

use std::mem;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sqlx::pool::{Pool, PoolConnection};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::{Error, Result};

#[derive(Debug)]
pub(crate) struct Lanes<DB: sqlx::Database> {
    pool: Pool<DB>,
    permits: Arc<Semaphore>,
    idle: Arc<Mutex<Vec<PoolConnection<DB>>>>,
    patience: Duration,
}

impl<DB: sqlx::Database> Clone for Lanes<DB> {
    fn clone(&self) -> Self {
        let Self { pool, permits, idle, patience } = self;
        Self { pool: pool.clone(), permits: permits.clone(), idle: idle.clone(), patience: *patience }
    }
}

impl<DB: sqlx::Database> Lanes<DB> {
    /// At most `count` at once; the pool must have as many connections at least.
    pub(crate) fn new(pool: Pool<DB>, count: u32, patience: Duration) -> Self {
        let permits = Arc::new(Semaphore::new(usize::try_from(count).unwrap_or(1)));
        Self { pool, permits, idle: Arc::default(), patience }
    }

    pub(crate) async fn take(&self) -> Result<Lane<DB>> {
        let permit = self.permits.clone().acquire_owned();
        let permit = tokio::time::timeout(self.patience, permit).await.map_err(|_| Error::Busy)?;
        let permit = permit.map_err(|_| Error::Unavailable(sqlx::Error::PoolClosed))?;
        let kept = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match kept {
            Some(connection) => connection,
            None => self.pool.acquire().await?,
        };
        Ok(Lane { connection: Some(connection), clean: true, lanes: self.clone(), _permit: permit })
    }

    /// Gives the idle connections back to the pool, and no more out.
    pub(crate) fn close(&self) {
        self.permits.close();
        self.give_back();
    }

    /// After a failure nobody knows how many of the idle connections are dead as well; the pool finds out.
    fn give_back(&self) {
        drop(mem::take(&mut *self.idle.lock().unwrap_or_else(PoisonError::into_inner)));
    }
}

/// A connection that finds its own way back.
pub(crate) struct Lane<DB: sqlx::Database> {
    connection: Option<PoolConnection<DB>>,
    /// Whether its last statement ended, and well.
    pub(crate) clean: bool,
    lanes: Lanes<DB>,
    // Given back after `drop` has put the connection where the next one finds it.
    _permit: OwnedSemaphorePermit,
}

impl<DB: sqlx::Database> Lane<DB> {
    pub(crate) fn connection(&mut self) -> Result<&mut DB::Connection> {
        self.connection.as_deref_mut().ok_or_else(|| Error::Defect("a lane without a connection".to_owned()))
    }
}

impl<DB: sqlx::Database> Drop for Lane<DB> {
    fn drop(&mut self) {
        if self.clean && !self.lanes.permits.is_closed() {
            self.lanes.idle.lock().unwrap_or_else(PoisonError::into_inner).extend(self.connection.take());
        } else {
            self.lanes.give_back();
        }
    }
}
