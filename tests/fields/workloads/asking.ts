// A pod that asks and one that answers.
export const web = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', labels: { app: 'web' } },
  spec: {
    hostname: 'h',
    subdomain: 'a',
    containers: [{ name: 'c', image: 'nginx:1.26', ports: [{ name: 'http', containerPort: 80 }] }],
  },
}
export const client = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'client', labels: { app: 'client' } },
  spec: { containers: [{ name: 'c', image: 'busybox', command: ['sleep', '3600'] }] },
}
/** What `client` is told at an address, in a word. */
export const ask = (url: string) =>
  `kubectl -n NS exec client -- wget -qO- -T 1 ${url} 2>&1 | grep -oE 'title|refused|timed out|bad address|404' | head -1`
