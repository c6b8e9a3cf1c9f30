// What can be broken in a cluster, as plain data: so a fault can be an input of a world and be replayed (faults.ts).

/** A container, by its pod's name or the beginning of it; the first one of the pod where no name is given. */
export interface Target {
  readonly namespace?: string
  readonly pod: string
  readonly container?: string
}

export type Fault =
  /** Pulls time out; `host` (`docker.io`): only those from there. */
  | { readonly type: 'registry-down'; readonly host?: string }
  /** The registry refuses pulls of who is not logged in: they have pulled too often (`docker.io`). */
  | { readonly type: 'rate-limit'; readonly host?: string }
  /** The node is off the network: its containers run on, but nobody hears of them. */
  | { readonly type: 'node-lost'; readonly node: string }
  /** The kubelet's process has ended; what runs is still reachable. */
  | { readonly type: 'kubelet-stopped'; readonly node: string }
  /** Pulls and starts take `factor` times as long (10), on one node or on all. */
  | { readonly type: 'slow-disk'; readonly node?: string; readonly factor?: number }
  /** CoreDNS crashes again and again, answers SERVFAIL to everything, or nothing at all. */
  | { readonly type: 'dns-broken'; readonly how: 'crash' | 'servfail' | 'silent' }
  /** Nothing can be written, and outside clients cannot read either; what runs runs on. */
  | { readonly type: 'etcd-down' }
  /** The container's memory grows until the kernel kills it, again and again. */
  | ({ readonly type: 'memory-leak'; readonly mebibytesPerSecond?: number } & Target)
  /** The container's processes are killed, once. */
  | ({ readonly type: 'container-killed' } & Target)
