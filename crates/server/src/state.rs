//! What every request can reach.

use std::sync::Arc;

use catalogue::Locale;
use chrono::{DateTime, NaiveDate, Utc};
use loyalty::Programme;
use storage::Database;
use uuid::Uuid;

use crate::clock::Clock;
use crate::entropy::{self, Entropy, Exhausted};
use crate::gateway::MessageGateway;
use crate::limits::Limits;
use crate::metrics::Metrics;
use crate::portal::{Brand, Portal};
use crate::settings::Settings;
use crate::shelf::Glance;
use crate::wechat::WechatGateway;
use crate::{code, problem};

/// What a server is put together from.
pub struct Parts {
    /// What was set.
    pub settings: Settings,
    /// The rules.
    pub programme: Programme,
    /// Migrated already.
    pub database: Database,
    /// The clock, moved already.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// Text messages.
    pub gateway: Arc<dyn MessageGateway>,
    /// WeChat.
    pub wechat: Arc<dyn WechatGateway>,
}

/// What every request can reach.
pub struct App {
    pub(crate) settings: Settings,
    pub(crate) programme: Programme,
    pub(crate) database: Database,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) gateway: Arc<dyn MessageGateway>,
    pub(crate) wechat: Arc<dyn WechatGateway>,
    pub(crate) limits: Limits,
    pub(crate) metrics: Metrics,
    pub(crate) glance: Glance,
    pub(crate) brand: Brand,
    pub(crate) portal: Option<Portal>,
    /// Keys the hashes of codes and the tokens of cards. The same for all servers of a database.
    pub(crate) secret: String,
}

/// The state of the router.
pub type Shared = Arc<App>;

impl App {
    /// Puts a server together; draws its secret if the database has none yet.
    pub async fn open(parts: Parts) -> Result<Shared, String> {
        let Parts { settings, programme, database, clock, entropy, gateway, wechat } = parts;
        let (brand, portal) = match &settings.portal {
            Some(folder) => {
                let brand = Brand::read(folder)?;
                let portal = Portal::open(folder, &brand)?;
                (brand, Some(portal))
            }
            None => (Brand::built_in()?, None),
        };
        let fresh = code::hex(&entropy::bytes::<32>(entropy.as_ref()).map_err(|error| error.to_string())?);
        let secret = shared_secret(&database, &fresh).await.map_err(|error| error.to_string())?;
        let limits = Limits::new(settings.requests_per_address, settings.requests_per_session, Arc::clone(&clock));
        Ok(Arc::new(Self {
            settings,
            programme,
            database,
            clock,
            entropy,
            gateway,
            wechat,
            limits,
            metrics: Metrics::new(),
            glance: Glance::default(),
            brand,
            portal,
            secret,
        }))
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(crate) fn today(&self) -> NaiveDate {
        self.programme.date_of(self.clock.now())
    }

    pub(crate) fn id(&self) -> Result<Uuid, Exhausted> {
        entropy::id(self.entropy.as_ref(), self.clock.now())
    }

    pub(crate) fn brand_name(&self, locale: Locale) -> &str {
        self.brand.name(locale)
    }

    /// For a handler that reads what must agree.
    pub(crate) async fn snapshot(&self) -> problem::Outcome<storage::Reader> {
        Ok(self.database.snapshot().await?)
    }
}

async fn shared_secret(database: &Database, fresh: &str) -> storage::Result<String> {
    let mut tx = database.begin().await?;
    let secret = tx.secret("server", fresh).await?;
    tx.commit().await?;
    Ok(secret)
}
