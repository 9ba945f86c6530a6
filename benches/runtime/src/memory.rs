//! What is held while many rows are read: all of them, and one after the other.

use crate::peer::PeerName;
use crate::tables::Reading;
use crate::{ALLOCATOR, Result};
use mizzle::prelude::*;
use stats_alloc::Region;

/// The most heap that was held at once, in bytes.
pub struct Memory {
    pub all: isize,
    pub streamed: isize,
    pub streamed_by_hand: isize,
}

pub async fn measure(url: &str) -> Result<Memory> {
    let mizzle = PeerName::Mizzle.connect(url).await?;
    let by_hand = PeerName::TokioPostgres.connect(url).await?;
    let client = Client::connect(url).await?;
    // Prepared, so that only reading is measured.
    select(Reading).limit(1).all(&client).await?;
    let region = Region::new(ALLOCATOR);
    let rows = select(Reading).all(&client).await?;
    let all = held(&region);
    drop(rows);
    Ok(Memory { all, streamed: streamed(&mizzle).await?, streamed_by_hand: streamed(&by_hand).await? })
}

async fn streamed(peer: &crate::peer::Peer) -> Result<isize> {
    let region = Region::new(ALLOCATOR);
    let (mut most, mut rows) = (0, 0_u64);
    peer.stream(|_| {
        rows += 1;
        if rows.is_multiple_of(100) {
            most = most.max(held(&region));
        }
    })
    .await?;
    Ok(most)
}

fn held(region: &Region<'_, std::alloc::System>) -> isize {
    let change = region.change();
    change.bytes_allocated as isize - change.bytes_deallocated as isize + change.bytes_reallocated
}
