// Words of the requests in the lab.
export const requestWords = {
  none: 'No request yet. It shows here once something asks: curl, wget, a browser.',
  name: 'name → address',
  resolves: 'DNS was asked for {name}, at',
  service: 'Service',
  behind: 'port {port} of {name}: {ready} of {total} pods get requests, it took one of them',
  bare: 'port {port} of {name}',
  nodePort: 'node port',
  hostPort: 'host port',
  pod: 'Pod',
  server: 'server',
  answer: 'reply',
  noAnswer: 'no reply',
  notReached: 'Nothing goes to {name}: it is not ready.',
  outcomes: {
    refused: 'Connection refused: nobody listens there, or no pod is behind the Service.',
    timeout: 'No reply in time: packets are lost on the way.',
    'no-route': 'No route to that address.',
    reset: 'The connection was cut.',
    'unknown-host': 'Nobody knows this name.',
  } as Readonly<Record<string, string>>,
}
export type RequestWords = typeof requestWords
