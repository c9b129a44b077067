//! Connections for reads of one statement, kept at hand.
//!
//! sqlx's pool spawns a task and pings with every connection that is given back. That is right for a connection in an
//! unknown state and dear for one that has just answered: without it a lone reader gets half as many overviews again per
//! second. A lane's connection is opened by the pool, and then stays out of it. One whose last statement failed or was given
//! up half-way is closed, and with it those that are idle, because whatever ended it may have ended them too.

use std::mem;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sqlx::Connection;
use sqlx::pool::Pool;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::{Error, Result};

pub(crate) struct Lanes<DB: sqlx::Database> {
    pool: Pool<DB>,
    permits: Arc<Semaphore>,
    idle: Arc<Mutex<Vec<DB::Connection>>>,
    patience: Duration,
}

impl<DB: sqlx::Database> Clone for Lanes<DB> {
    fn clone(&self) -> Self {
        let Self { pool, permits, idle, patience } = self;
        Self { pool: pool.clone(), permits: permits.clone(), idle: idle.clone(), patience: *patience }
    }
}

impl<DB: sqlx::Database> Lanes<DB> {
    /// At most `count` at once; who comes later waits so long.
    pub(crate) fn new(pool: Pool<DB>, count: usize, patience: Duration) -> Self {
        Self { pool, permits: Arc::new(Semaphore::new(count)), idle: Arc::default(), patience }
    }

    pub(crate) async fn take(&self) -> Result<Lane<DB>> {
        let permit = self.permits.clone().acquire_owned();
        let permit = tokio::time::timeout(self.patience, permit).await.map_err(|_| Error::Busy)?;
        let permit = permit.map_err(|_| Error::Unavailable(sqlx::Error::PoolClosed))?;
        let kept = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match kept {
            Some(connection) => connection,
            None => self.pool.acquire().await?.detach(),
        };
        Ok(Lane { connection: Some(connection), clean: true, lanes: self.clone(), _permit: permit })
    }

    /// Closes the idle connections, and gives no more out.
    pub(crate) async fn close(&self) {
        self.permits.close();
        for connection in self.take_idle() {
            // Closed hard by the drop if it will not close in peace.
            let _ = connection.close().await;
        }
    }

    fn take_idle(&self) -> Vec<DB::Connection> {
        mem::take(&mut *self.idle.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A connection that finds its own way back.
pub(crate) struct Lane<DB: sqlx::Database> {
    connection: Option<DB::Connection>,
    /// Whether its last statement ended, and well.
    pub(crate) clean: bool,
    lanes: Lanes<DB>,
    // Given back after `drop` has put the connection where the next one finds it.
    _permit: OwnedSemaphorePermit,
}

impl<DB: sqlx::Database> Lane<DB> {
    pub(crate) fn connection(&mut self) -> Result<&mut DB::Connection> {
        self.connection.as_mut().ok_or_else(|| Error::Defect("a lane without a connection".to_owned()))
    }
}

impl<DB: sqlx::Database> Drop for Lane<DB> {
    fn drop(&mut self) {
        if self.clean && !self.lanes.permits.is_closed() {
            self.lanes.idle.lock().unwrap_or_else(PoisonError::into_inner).extend(self.connection.take());
        } else {
            drop(self.lanes.take_idle());
        }
    }
}
