// ingress-nginx as a lesson finds it installed: what routes requests, without the webhook that checks Ingresses and the
// roles that nobody asks for here.
const labels = `{app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller}`

const ingressController = `apiVersion: v1
kind: Namespace
metadata: {name: ingress-nginx}
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: nginx}
spec: {controller: k8s.io/ingress-nginx}
---
apiVersion: v1
kind: Service
metadata: {name: ingress-nginx-controller, namespace: ingress-nginx, labels: ${labels}}
spec:
  type: NodePort
  selector: ${labels}
  ports:
  - {name: http, port: 80, targetPort: http, nodePort: 30080, appProtocol: http}
  - {name: https, port: 443, targetPort: https, nodePort: 30443, appProtocol: https}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ingress-nginx-controller, namespace: ingress-nginx, labels: ${labels}}
spec:
  selector: {matchLabels: ${labels}}
  template:
    metadata: {labels: ${labels}}
    spec:
      containers:
      - name: controller
        image: registry.k8s.io/ingress-nginx/controller:v1.8.2
        args:
        - /nginx-ingress-controller
        - --publish-service=$(POD_NAMESPACE)/ingress-nginx-controller
        - --controller-class=k8s.io/ingress-nginx
        - --ingress-class=nginx
        env:
        - {name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
        - {name: POD_NAMESPACE, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}
        readinessProbe: {httpGet: {path: /healthz, port: 10254}, initialDelaySeconds: 10}
        ports:
        - {containerPort: 80, name: http}
        - {containerPort: 443, name: https}
`

/** Installs it from standard input, and waits until it routes. */
export const installIngressController = [
  `kubectl apply -f - <<'END'\n${ingressController}END`,
  'kubectl rollout status -n ingress-nginx deployment/ingress-nginx-controller --timeout=90s',
]
