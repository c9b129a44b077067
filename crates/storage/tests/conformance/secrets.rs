use std::sync::Arc;

use crate::support::World;

async fn ask(world: &World, name: &str, fresh: &str) -> String {
    let mut tx = world.db.begin().await.unwrap();
    let secret = tx.secret(name, fresh).await.unwrap();
    tx.commit().await.unwrap();
    secret
}

pub async fn the_first_one_brings_it_in(world: World) {
    let world = Arc::new(world);
    let tasks: Vec<_> = (0..10)
        .map(|number| {
            let world = world.clone();
            tokio::spawn(async move { ask(&world, "codes", &number.to_string()).await })
        })
        .collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.unwrap());
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
    assert_eq!(ask(&world, "codes", "later").await, answers[0]);
    assert_eq!(ask(&world, "cards", "another").await, "another");
}
