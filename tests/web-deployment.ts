/** A Deployment of two pods that are soon ready, for tests that need some life. */
export const webDeployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'leigg/hellok8s:v1'}]}
`
