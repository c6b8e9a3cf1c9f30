// What docker says of its own release, as recorded: docker 28.2.2 of Debian beside containerd 1.6 and runc 1.1.

export const version = {
  client: '28.2.2',
  commit: 'e6534b4',
  api: '1.50',
  leastApi: '1.24',
  clientGo: 'go1.24.3',
  clientBuilt: 'Fri May 30 12:07:14 2025',
  serverGo: 'go1.26.8',
  serverCommit: '45873be',
  serverBuilt: 'Fri May 30 12:07:15 2025',
  containerd: '1.6.20~ds1',
  containerdCommit: '1.6.20~ds1-1+deb12u3',
  runc: '1.1.5+ds1',
  runcCommit: '1.1.5+ds1-1+deb12u1',
  /** That of the daemon's go.mod. */
  buildkit: 'v0.22.0',
  buildx: 'v0.24.0',
  buildxCommit: 'd0e5e86e8b88ae4865040bc96917c338f4dd673c',
} as const
