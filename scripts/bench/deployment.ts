// The deployment that the measurements roll out.
export const deployments = '/apis/apps/v1/namespaces/default/deployments'

export const deployment = (name: string, replicas: number, container: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'web', image: 'leigg/hellok8s:v1', ...container }] },
    },
  },
})
