// Requests and answers of the API server: HTTP in its meaning, plain data in its form.
import type { KubeObject } from '../kinds/object.ts'
import type { Pod } from '../kinds/schema/types.ts'

export interface UserInfo {
  readonly name: string
  readonly groups: readonly string[]
  readonly uid?: string
  readonly extra?: Readonly<Record<string, readonly string[]>>
}

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path without the query: `/apis/apps/v1/namespaces/default/deployments`. */
  readonly path: string
  /** What the path names, where an internal client knows it. */
  readonly target?: Target
  readonly query?: Readonly<Record<string, string>>
  /** `?a=1&a=2`: the query as it was written, for what is passed on to another server. */
  readonly search?: string
  /**
   * JSON value (never changed by the server, which copies what it keeps) or, for a raw client, text of the form that
   * `contentType` names (JSON without one). A body in another form is a function, called once with the kind that the
   * path is about and whether that is a custom one: it reads it, or throws an ApiError.
   */
  readonly body?: unknown
  /** Patches: which of the four; else JSON. */
  readonly contentType?: string
  /** exec: the repeated query parameter `command`. */
  readonly command?: readonly string[]
  /** What GETs of objects answer with: objects, a Table or PartialObjectMetadata. */
  readonly accept?: 'object' | 'table' | 'metadata'
  /** Names the field manager where the query has no fieldManager: `kubectl`, `kube-controller-manager`. */
  readonly userAgent?: string
  /** Default: whom the certificate or token stands for, without one the cluster's administrator. With one: whom to act as. */
  readonly user?: UserInfo
  /** A bearer token. */
  readonly token?: string
  /** The client's certificate as PEM, whose key it has shown that it has. A good one says who asks, before a token does. */
  readonly certificate?: string
  /**
   * Internal clients set false: answers leave metadata.managedFields out (and share the stored object).
   * Everyone else gets them, as from the real server.
   */
  readonly managedFields?: boolean
  /** A list that begins a component's cache: default objects that nobody has asked for are not made for it. */
  readonly follows?: boolean
  /** A look from outside the world (its judge, its page): nothing in the world comes to know of it. */
  readonly looks?: boolean
  /** Internal clients set true for a body that has the form decoding gives, and that they leave to the server. */
  readonly decoded?: boolean
}

/** `resource` is the registry's key; what is absent is undefined, never ''. */
export interface Target {
  readonly resource: string
  readonly namespace: string | undefined
  readonly name: string | undefined
  readonly subresource: string | undefined
}

export interface ApiResponse {
  readonly code: number
  /** An object, a list, a Table, a Status; text for /healthz, logs and the like. */
  readonly body: any
  /** Texts of the `Warning:` headers. */
  readonly warnings: readonly string[]
}

/** Body of every failure: metav1.Status. */
export interface Status {
  kind: 'Status'
  apiVersion: 'v1'
  metadata: { remainingItemCount?: number; continue?: string }
  status: 'Failure' | 'Success'
  message?: string
  reason?: string
  details?: {
    name?: string
    group?: string
    kind?: string
    uid?: string
    causes?: { reason?: string; message?: string; field?: string }[]
    retryAfterSeconds?: number
  }
  code?: number
}

export type WatchEvent<T extends KubeObject = KubeObject> =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: T }
  | { readonly type: 'BOOKMARK'; readonly object: KubeObject }
  | { readonly type: 'ERROR'; readonly object: Status }

export interface Watch {
  stop(): void
}

/**
 * The server as every client sees it, kubectl included. Calls are synchronous; watch events arrive in engine events of
 * their own, never inside the caller's call.
 */
export interface ApiServer {
  handle(request: ApiRequest): ApiResponse
  /**
   * A GET with `watch=true`. Answers a failure at once, or begins to call `onEvent`; `accept: 'table'` gives Table rows.
   * `onEnd` is called when the server ends the watch (timeoutSeconds), or ends itself.
   */
  watch(request: ApiRequest, onEvent: (event: WatchEvent) => void, onEnd?: () => void): Watch | ApiResponse
  /** log -f, exec, attach, portforward: a stream to the kubelet of the pod's node, after the usual checks. */
  connect(request: ApiRequest): Connection | ApiResponse
  /** Nobody listens at its address: clients are refused before they can ask. */
  readonly refuses?: boolean
}

/** What a streaming subresource gives: carried out by the kubelet, see NodeConnector. */
export type Connection = LogStream | ExecStream | PortForward | ProxyStream

export interface LogStream {
  readonly type: 'log'
  readonly output: import('../engine/pipe.ts').Readable
  close(): void
}

export interface ExecStream {
  readonly type: 'exec'
  readonly stdin: import('../engine/pipe.ts').Pipe
  readonly stdout: import('../engine/pipe.ts').Readable
  readonly stderr: import('../engine/pipe.ts').Readable
  /** The exit code, or the error that the kubelet reports in place of one. */
  readonly exit: import('../engine/task.ts').Deferred<{ code: number } | { error: string }>
  signal(signal: import('../engine/task.ts').Signal): void
  /** Its terminal has another size now; absent where it has none. */
  resize?(size: { readonly columns: number; readonly rows: number }): void
  close(): void
}

export interface PortForward {
  readonly type: 'portforward'
  /** What is spoken on that port, where it is not HTTP: `REDIS`. */
  protocol(port: number): string | undefined
  /** One HTTP exchange through the forwarded port; where it fails, `failed` has the kubelet's words. */
  http(
    port: number,
    request: import('../engine/network.ts').HttpRequest,
  ): import('../engine/task.ts').Task<
    | { readonly ok: true; readonly value: import('../engine/network.ts').HttpResponse }
    | { readonly ok: false; readonly failed: string }
  >
  close(): void
}

export interface ProxyStream {
  readonly type: 'proxy'
  /** One HTTP exchange with what is behind the proxy; its path is that of the request which opened this. */
  http(request: {
    readonly method: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
  }): import('../engine/task.ts').Task<import('../engine/network.ts').HttpResponse>
  close(): void
}

/** How the API server reaches a kubelet; the kubelet registers itself under its node's name. */
export interface NodeConnector {
  /** Why nobody gets through to the kubelet at the moment: `connection refused`, `no route to host`. */
  unreachable?(): string | undefined
  /** The log as of now, or a Status-worthy failure; `follow` answers through `connect`. */
  logs(pod: Pod, container: string, options: LogOptions): { text: string } | { failure: NodeFailure }
  followLogs(pod: Pod, container: string, options: LogOptions): LogStream | { failure: NodeFailure }
  exec(
    pod: Pod,
    container: string,
    options: { command: readonly string[]; stdin: boolean; tty: boolean },
  ): ExecStream | { failure: NodeFailure }
  attach(
    pod: Pod,
    container: string,
    options: { stdin: boolean; tty: boolean },
  ): ExecStream | { failure: NodeFailure }
  portForward(pod: Pod): PortForward | { failure: NodeFailure }
  /** The kubelet's own server on port 10250, for `nodes/NAME/proxy/…`. */
  http?(
    request: Omit<import('../engine/network.ts').HttpRequest, 'from'>,
  ): import('../engine/network.ts').HttpResponse
}

export interface NodeFailure {
  readonly code: number
  readonly reason: string
  readonly message: string
}

export interface LogOptions {
  readonly previous?: boolean
  readonly timestamps?: boolean
  readonly tailLines?: number
  readonly sinceSeconds?: number
  readonly sinceTime?: string
  readonly limitBytes?: number
}

/** Carries the API server's calls of webhooks. */
export interface WebhookTransport {
  /** One POST of JSON to an address or a name; what is not answered within the time is a timeout. */
  post(
    target: { readonly host: string; readonly port: number; readonly path: string },
    body: string,
    timeoutMs: number,
  ): WebhookResponse
}

export type WebhookResponse =
  | { readonly status: number; readonly body: string }
  | {
      readonly error: 'refused' | 'timeout' | 'no-route' | 'unknown-host' | 'reset' | 'plain'
      /** That was tried. */
      readonly address: string
    }
