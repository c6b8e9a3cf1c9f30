// One request on its way through the server: what was asked, by whom, and what gathers on the way.
import type { Engine } from '../engine/engine.ts'
import type { Network } from '../engine/network.ts'
import type { ObjectOf } from '../kinds/object.ts'
import type { Admission } from './admission/admission.ts'
import type { Registry } from './registry.ts'
import type { Route } from './route.ts'
import type { Store, Table } from './store.ts'
import type { ApiRequest, NodeConnector, UserInfo, WebhookTransport } from './types.ts'
import type { MetricsSource } from './virtual/metrics.ts'

/** A component beside the server whose process can be stopped. */
export type Component = 'kube-controller-manager' | 'kube-scheduler'

/** Requests of one sort that were answered. */
export interface RequestCount {
  readonly code: number
  readonly dryRun: boolean
  readonly group: string
  readonly plural: string
  readonly scope: 'resource' | 'namespace' | 'cluster'
  readonly subresource: string
  readonly verb: string
  readonly version: string
  count: number
}

/** The parts of the server that every verb works with. */
export interface Machinery {
  readonly engine: Engine
  readonly store: Store
  readonly registry: Registry
  readonly admission: readonly Admission[]
  readonly nodes: ReadonlyMap<string, NodeConnector>
  /** How many requests were answered, by the table that they were about. */
  readonly requests: Map<string, RequestCount[]>
  /** Components that do not answer. */
  readonly stopped: Set<Component>
  /** The network of the machine that the server runs on: how it reaches pods, nodes and webhooks. */
  network?: Network | undefined
  /** Present while metrics.k8s.io is served. */
  metrics?: MetricsSource | undefined
  /** Present where the server has a network. */
  webhooks?: WebhookTransport
  /** Reads on the server's own behalf: by `deployments.apps`, namespace and name. */
  lookup<Name extends string>(
    table: Name,
    namespace: string | undefined,
    name: string,
  ): ObjectOf<Name> | undefined
}

export interface Call extends Route {
  readonly server: Machinery
  readonly request: ApiRequest
  readonly user: UserInfo
  readonly query: Readonly<Record<string, string>>
  readonly table: Table
  /** The request's body as a value; raw clients send text. */
  readonly body: unknown
  /** What its text has twice, as strict decoding says it: `duplicate field "metadata.name"`. */
  readonly duplicates: readonly string[]
  readonly dryRun: boolean
  readonly fieldValidation: 'Ignore' | 'Warn' | 'Strict'
  /** The field manager of what this request writes. */
  readonly manager: string
  readonly warnings: string[]
}

/** Somebody reads its warnings: components do not. */
export const isHeard = ({ request }: Call): boolean => request.managedFields !== false

export const tableNamed = ({ server }: Pick<Call, 'server'>, name: string): Table => server.store.table(name)
