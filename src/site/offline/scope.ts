// Types of a service worker's own scope, as far as worker.ts needs them: TypeScript has them only in a library that a page's
// cannot stand beside.

interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void
}

export interface FetchEvent extends Extendable {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}

interface Message extends Extendable {
  readonly data: unknown
  readonly ports: readonly MessagePort[]
}

/** A page. */
export interface OpenPage {
  readonly url: string
  postMessage(message: unknown, transfer: Transferable[]): void
}

interface Events {
  install: Extendable
  activate: Extendable
  fetch: FetchEvent
  message: Message
}

export interface ServiceWorkerScope {
  readonly registration: ServiceWorkerRegistration
  readonly location: Location
  readonly clients: {
    claim(): Promise<void>
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly OpenPage[]>
  }
  skipWaiting(): Promise<void>
  addEventListener<T extends keyof Events>(type: T, listener: (event: Events[T]) => void): void
}
