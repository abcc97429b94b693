/** As an installation would: what is committed is on the disk. */
export const durable = {
  ...{ fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' },
  ...{ shared_buffers: '1GB', max_wal_size: '4GB' },
}
