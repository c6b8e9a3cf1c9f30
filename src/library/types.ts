// What other people's programs see of a world. These declarations are the package's own: they lean on nothing of the
// simulator but its plain data.
import type { Fault } from '../cluster/fault.ts'
import type { Load } from '../cluster/load.ts'
import type { AnyObject } from '../kinds/object.ts'

/** A stretch of the world's time; its parts are added up: `{ minutes: 1, seconds: 30 }`. */
export interface Duration {
  readonly hours?: number
  readonly minutes?: number
  readonly seconds?: number
  readonly milliseconds?: number
}

/** What a world is made with. The same options and the same calls give the same bytes. */
export interface WorldOptions {
  /** Whatever chance decides (names, addresses, moments) follows from it; 1 where absent. */
  readonly seed?: number
  /** Worker nodes beside the control plane, 1 to 100: `k8s-node1`, `k8s-node2` …; 2 where absent. */
  readonly workers?: number
  /** A metrics server is installed: `kubectl top`, autoscalers. */
  readonly metrics?: boolean
  /** A provider gives Services of type LoadBalancer their addresses. */
  readonly loadBalancer?: boolean
  /** ingress-nginx is installed, at the nodes' ports 30080 and 30443. */
  readonly ingressController?: boolean
  /** Images that the simulator does not know run as stand-ins that listen where their manifest says. */
  readonly anyImage?: boolean
  /** Files of the working directory, by name. */
  readonly files?: Readonly<Record<string, string>>
}

export interface RunOptions {
  /** Lines typed to the command while it runs, half a second apart. */
  readonly input?: readonly string[]
  /** Ctrl-C after that time: for what does not end by itself (`kubectl get pods -w`). */
  readonly for?: Duration
  /** How long it may take; 3 minutes where absent. Then Ctrl-C ends it, and its `exitCode` is null. */
  readonly limit?: Duration
  /** What is saved in the editor that it opens (`kubectl edit`): the new text of the file. Undefined: closed unsaved. */
  readonly edit?: (text: string, file: string) => string | undefined
}

export interface CommandResult {
  readonly command: string
  readonly stdout: string
  readonly stderr: string
  /** Both in the order in which a terminal shows them. */
  readonly output: string
  /** Null where the time limit ended it. */
  readonly exitCode: number | null
}

/** A command that goes on, in a terminal of its own. */
export interface RunningCommand {
  readonly command: string
  /** It has not ended yet. */
  readonly running: boolean
  /** What it has printed so far. */
  readonly output: string
  /** A line for it to read. */
  type(line: string): void
  /** Ctrl-C where it still runs; what it printed. */
  stop(): CommandResult
}

export interface Where {
  /** `default` where absent; cluster-wide kinds have none. */
  readonly namespace?: string
  readonly allNamespaces?: boolean
  /** A label selector: `app=web,tier!=cache`. */
  readonly labels?: string
  /** A field selector: `status.phase=Running`. */
  readonly fields?: string
}

export interface ClusterEvent {
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  /** `Pod/web-5d9c8-x2x4k`. */
  readonly object: string
  readonly message: string
  readonly count: number
  /** ms since 1970, by the clock of the world. */
  readonly first: number
  readonly last: number
}

/** A command of a transcript as it was played. */
export interface PlayedCommand {
  readonly step: string
  readonly command: string
  /** What the transcript says that it prints. */
  readonly expected: string
  readonly output: string
  readonly same: boolean
}

/** What a condition says while it does not hold. */
export type Falsy = false | 0 | '' | null | undefined

/** An object of the API, a copy of what the server holds. */
export type KubernetesObject = AnyObject

export type { Fault, Load }

/**
 * A simulated cluster and the machine of somebody who works with it, under one clock. Time stands still but for what
 * `run`, `advance` and `until` let pass.
 */
export interface World {
  readonly options: Required<Omit<WorldOptions, 'files'>>
  /** The clock of the world, ms since 1970. */
  readonly now: number
  /** Seconds since it began. */
  readonly elapsed: number

  /** Types a command at a prompt of bash and waits until it has ended. Directory and variables stay, as at a terminal. */
  run(command: string, options?: RunOptions): CommandResult
  /** Begins a command that goes on while others run; at most three do at a time. */
  start(command: string): RunningCommand
  /** `kubectl apply` of a manifest. Throws where kubectl or the server refuses it, with what it said. */
  apply(manifest: string, options?: { readonly namespace?: string }): CommandResult

  /** Lets time pass. */
  advance(duration: Duration): void
  /**
   * Lets time pass until a condition holds, and returns what it returned; it is asked ten times a second of the world's
   * time. Throws after `limit` (90 s).
   */
  until<T>(condition: () => T | Falsy, options?: { readonly limit?: Duration }): T

  /** Saves a file, by its name in the working directory or its full path. */
  write(file: string, text: string): void
  /** The text of a file. Throws where there is none. */
  read(file: string): string

  /** Objects by a resource as kubectl takes it: `pods`, `deploy`, `certificates.cert-manager.io`. Leaves no trace. */
  objects(resource: string, where?: Where): KubernetesObject[]
  /** One object, `deploy/web`; undefined where there is none. */
  object(name: string, where?: Pick<Where, 'namespace'>): KubernetesObject | undefined
  /** Events, the earliest first. */
  events(where?: Where): ClusterEvent[]

  /** Breaks something, until it is repaired. */
  inject(fault: Fault): void
  repair(fault: Fault): void
  /** One more worker joins. */
  addNode(): void
  /** Lays work on pods, as requests of users would. */
  load(load: Load): void
  /** Installs the metrics server, or removes it. */
  metrics(on: boolean): void
  loadBalancer(on: boolean): void
  anyImage(on: boolean): void

  /** Plays a transcript (`NAME.console`) and compares: every command, what it should print and what it printed. */
  play(transcript: string): PlayedCommand[]

  /**
   * All that was done so far, as the text of a file `NAME.history.json`: `replay` makes the same world of it, and the
   * site's playground opens it. Throws where it cannot: the playground has no more than 5 workers, and what the
   * `# until` of a transcript has asked is no part of a history.
   */
  history(): string
}
