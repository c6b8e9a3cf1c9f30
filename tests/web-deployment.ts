/** A Deployment of pods with these containers, which are written as a list in brackets has them: `{name: c, image: nginx}`. */
export const webOf = (containers: string, replicas = 2): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [${containers}]}
`

/** One of two pods that are soon ready, for tests that need some life. */
export const webDeployment = webOf("{name: web, image: 'leigg/hellok8s:v1'}")
