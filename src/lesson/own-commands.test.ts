import { expect, test } from 'vitest'
import { changesIn } from './own-commands.ts'

test.each([
  ['kubectl get pods', 0],
  ['kk apply -f web.yaml', 1],
  ['kubectl -n shop set image deployment/web web=nginx:1.27', 1],
  ['kubectl --context=a --namespace shop rollout undo deployment/web', 1],
  ['kubectl rollout status deployment/web --timeout=60s', 0],
  ['kubectl create deployment web --image=nginx --dry-run=client -o yaml', 0],
  ['kubectl create configmap a --from-literal=b=c --dry-run=client -o yaml | kubectl apply -f -', 1],
  ["sed -i 's/v1/v2/' web.yaml && kubectl apply -f web.yaml", 1],
  ['kubectl delete job a; kubectl apply -f a.yaml', 2],
  ["kubectl exec web -- sh -c 'kubectl delete pod b'", 0],
  ['kubectl delete job $(kubectl get jobs -o name)', 1],
  ['kubectl get pods # kubectl delete pods', 0],
  ['for p in a b; do kubectl delete pod $p; done', 1],
  ['ssh k8s-node2 systemctl start kubelet', 1],
  ["ssh k8s-node2 'sudo systemctl restart kubelet'", 1],
  ['ssh k8s-node2 sudo systemctl enable --now kubelet', 1],
  ['ssh k8s-node2 sudo service kubelet restart', 1],
  ['ssh k8s-node2 systemctl status kubelet', 0],
  ['ssh k8s-node2 service kubelet status', 0],
  ['grep delete kubectl.log', 0],
])('%s: %i', (line, changes) => {
  expect(changesIn(line)).toBe(changes)
})
