// 148 commands of all groups of kubectl, played in this order against one cluster each: commands.test.ts. They begin with
// the files below, and each goes on from what those before it left.
import { versionWords } from '../../scripts/examples/versions.ts'

const deployment = (name: string, image: string, more = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels: {app: ${name}}
spec:
  replicas: 2
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
      - name: main
        image: ${image}
        ports: [{containerPort: 80}]
        resources: {requests: {cpu: 20m, memory: 32Mi}, limits: {cpu: 200m, memory: 128Mi}}
${more}`

export const files: Readonly<Record<string, string>> = {
  'web.yaml': deployment('web', 'nginx:1.27'),
  'web2.yaml': deployment('web', 'nginx:1.28'),
  'box.yaml': `apiVersion: v1
kind: Pod
metadata: {name: box, labels: {app: box}}
spec:
  terminationGracePeriodSeconds: 1
  containers:
  - {name: c, image: "busybox:1.36", command: [sh, -c, "echo up; sleep 100000"]}
`,
  'config.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {colour: blue, size: "3"}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`,
  'widgets.yaml': `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: widgets, singular: widget, kind: Widget, shortNames: [wd]}
  versions:
  - name: v1
    served: true
    storage: true
    subresources: {scale: {specReplicasPath: .spec.parts, statusReplicasPath: .status.parts}}
    additionalPrinterColumns: [{name: Parts, type: integer, jsonPath: .spec.parts}]
    schema:
      openAPIV3Schema:
        type: object
        description: A thing of parts.
        properties:
          spec:
            type: object
            properties: {parts: {type: integer, minimum: 1, description: How many it has.}}
          status: {type: object, properties: {parts: {type: integer}}}
`,
  'widget.yaml': 'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\nspec: {parts: 3}\n',
  'wrong.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata: {name: wrong}\nspec: {containers: [{name: c, imag: x}]}\n',
  'broken.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: broken\n',
  'nameless.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata: {}\nspec: {containers: [{name: c, image: nginx:1.27}]}\n',
  'env.txt': 'A=1\nB=two\n',
  'kustomize/kustomization.yaml':
    'namePrefix: k-\nresources: [map.yaml]\nconfigMapGenerator: [{name: made, literals: [a=1]}]\n',
  'kustomize/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map}\ndata: {a: b}\n',
  'mine.yaml': 'apiVersion: v1\nkind: Config\n',
  'columns.txt': 'NAME            KIND\nmetadata.name   kind\n',
}

/** By group; of each a line as it is typed. */
export const groups: Readonly<Record<string, readonly string[]>> = {
  apply: [
    'kubectl apply -f web.yaml',
    'kubectl apply -f config.yaml -f box.yaml',
    'kubectl wait --for=condition=Available deployment/web --timeout=60s',
    'kubectl wait --for=condition=Ready pod/box --timeout=60s',
    'kubectl apply -f config.yaml',
    'kubectl diff -f web2.yaml',
    'kubectl apply -f web2.yaml --dry-run=server',
    'kubectl apply -f web2.yaml --dry-run=client -o yaml',
    'kubectl apply --server-side -f config.yaml',
    'kubectl apply --server-side --force-conflicts -f config.yaml',
    'kubectl apply view-last-applied deployment/web',
    'kubectl apply -f wrong.yaml',
    'kubectl apply -f broken.yaml',
    'kubectl apply -f nameless.yaml',
    'kubectl apply -f absent.yaml',
    'kubectl create -f box.yaml',
  ],
  get: [
    'kubectl get deployments',
    'kubectl get deployment web -o wide',
    'kubectl get pods -l app=web --show-labels',
    'kubectl get pod box -o name',
    'kubectl get configmap settings -o json',
    'kubectl get service web -o yaml',
    "kubectl get deployment web -o jsonpath='{.spec.replicas} {.spec.template.spec.containers[*].image}'",
    'kubectl get nodes -o go-template=\'{{range .items}}{{.metadata.name}}{{"\\n"}}{{end}}\'',
    'kubectl get configmaps -o custom-columns=NAME:.metadata.name,SIZE:.data.size',
    'kubectl get configmaps -o custom-columns-file=columns.txt',
    'kubectl get nodes --sort-by=.metadata.name -o wide',
    'kubectl get deployment,service,configmap',
    'kubectl get pods --field-selector=metadata.name=box --no-headers',
    'kubectl get namespaces',
    'kubectl get pods -A -l tier=control-plane',
    'kubectl get --raw /healthz',
    'kubectl get pod nobody',
    'kubectl get nothings',
    'kubectl get pods --ignore-not-found -n nowhere',
    'kubectl get pods box -o jsonpath={.status.phase} --watch --request-timeout=1s',
  ],
  describe: [
    'kubectl describe configmap settings',
    'kubectl describe service web',
    'kubectl describe deployment web',
    'kubectl describe pod box',
    'kubectl describe namespace default',
    'kubectl describe pod nobody',
  ],
  explain: [
    'kubectl explain pod',
    'kubectl explain deployment.spec.strategy',
    'kubectl explain pod.spec.containers.resources --recursive',
    'kubectl explain service.spec.type',
    'kubectl explain pod.spec.nothing',
  ],
  change: [
    'kubectl set image deployment/web main=nginx:1.28',
    'kubectl set env deployment/web COLOUR=blue',
    'kubectl set env deployment/web --list',
    'kubectl set resources deployment/web --requests=cpu=30m',
    'kubectl patch configmap settings -p \'{"data":{"size":"4"}}\'',
    'kubectl patch configmap settings -p \'{"data":{"size":"4"}}\'',
    'kubectl patch configmap settings --type=json -p \'[{"op":"remove","path":"/data/size"}]\'',
    'kubectl patch deployment web --type=merge -p \'{"spec":{"revisionHistoryLimit":5}}\' -o name',
    'kubectl patch configmap settings -p \'{"data":\'',
    "KUBE_EDITOR='sed -i s/blue/green/' kubectl edit configmap settings",
    "KUBE_EDITOR='sed -i s/nothing/green/' kubectl edit configmap settings",
    'kubectl replace -f config.yaml',
    'kubectl label pod box tier=low',
    'kubectl label pod box tier=high',
    'kubectl label pod box tier=high --overwrite',
    'kubectl label pod box tier-',
    'kubectl annotate pod box note=here',
    'kubectl annotate pod box note-',
    'kubectl label nodes --all disk=ssd --list',
  ],
  rollout: [
    'kubectl rollout status deployment/web',
    'kubectl rollout history deployment/web',
    'kubectl rollout history deployment/web --revision=1',
    'kubectl rollout undo deployment/web --to-revision=1',
    'kubectl rollout status deployment/web --timeout=60s',
    'kubectl rollout pause deployment/web',
    'kubectl rollout pause deployment/web',
    'kubectl rollout resume deployment/web',
    'kubectl rollout restart deployment/web',
    'kubectl rollout undo deployment/web --to-revision=99',
  ],
  scale: [
    'kubectl scale deployment web --replicas=3',
    'kubectl scale deployment web --replicas=1 --current-replicas=7',
    'kubectl scale deployment/web --replicas=2 --timeout=60s',
    'kubectl autoscale deployment web --min=2 --max=4 --cpu-percent=80',
    'kubectl get hpa web -o jsonpath={.spec.maxReplicas}',
    'kubectl delete hpa web',
  ],
  create: [
    'kubectl create namespace extra',
    'kubectl create configmap made --from-literal=a=1 --from-file=config.yaml',
    'kubectl create configmap env --from-env-file=env.txt -o yaml --dry-run=client',
    'kubectl create secret generic pass --from-literal=word=geheim',
    'kubectl create secret docker-registry pull --docker-server=r.example --docker-username=u --docker-password=p',
    'kubectl create deployment second --image=nginx:1.27 --replicas=2',
    'kubectl create service clusterip second --tcp=80:80',
    'kubectl create service nodeport third --tcp=80',
    'kubectl create job once --image=busybox:1.36 -- echo done',
    'kubectl create cronjob often --image=busybox:1.36 --schedule="0 0 1 1 *" -- date',
    'kubectl create job now --from=cronjob/often',
    'kubectl create serviceaccount robot',
    'kubectl create role reader --verb=get,list --resource=pods,configmaps',
    'kubectl create rolebinding robot --role=reader --serviceaccount=default:robot',
    'kubectl create clusterrole nodes --verb=get --resource=nodes',
    'kubectl create clusterrolebinding nodes --clusterrole=nodes --user=jane',
    'kubectl create quota few --hard=pods=50 -n extra',
    'kubectl create poddisruptionbudget web --selector=app=web --min-available=1',
    'kubectl create priorityclass high --value=1000 --description=first',
    'kubectl create ingress web --rule=web.example/=web:80',
  ],
  run: [
    'kubectl run one --image=nginx:1.27 --labels=app=one --port=80',
    'kubectl run one --image=nginx:1.27 --dry-run=client -o yaml',
    'kubectl expose pod one --name=one --port=8080 --target-port=80',
    'kubectl expose deployment second --type=NodePort --port=80 --name=second-open',
    'kubectl wait --for=jsonpath={.status.phase}=Running pod/one --timeout=60s',
    'kubectl wait --for=condition=Complete job/once --timeout=60s',
  ],
  inside: [
    'kubectl exec box -- echo hello',
    "kubectl exec box -- sh -c 'echo no >&2; exit 3'",
    'echo typed | kubectl exec -i box -- cat',
    'kubectl logs box',
    'kubectl logs job/once --timestamps=false --tail=1',
    'kubectl logs box -c nothing',
    'kubectl cp env.txt box:/tmp/env.txt',
    'kubectl exec box -- cat /tmp/env.txt',
    'kubectl cp box:/tmp/env.txt back.txt && cat back.txt',
    'kubectl exec nobody -- ls',
  ],
  auth: [
    'kubectl auth can-i create pods',
    'kubectl auth can-i delete pods --as=system:serviceaccount:default:robot',
    'kubectl auth can-i list pods --as=system:serviceaccount:default:robot',
    'kubectl get secrets --as=system:serviceaccount:default:robot',
  ],
  nodes: [
    'kubectl cordon k8s-node1',
    'kubectl cordon k8s-node1',
    'kubectl uncordon k8s-node1',
    'kubectl taint nodes k8s-node1 key=value:NoSchedule',
    'kubectl taint nodes k8s-node1 key=value:NoSchedule-',
    'kubectl drain k8s-node1 --ignore-daemonsets --dry-run=client',
  ],
  others: [
    'kubectl api-resources --api-group=apps',
    'kubectl api-resources --namespaced=false -o name',
    'kubectl api-versions',
    'kubectl kustomize kustomize',
    'kubectl apply -k kustomize',
    'kubectl apply -f widgets.yaml',
    'kubectl wait --for=condition=Established crd/widgets.example.com --timeout=60s',
    'kubectl apply -f widget.yaml',
    'kubectl get wd',
    'kubectl explain widget.spec',
    'kubectl scale widget w --replicas=5',
    'kubectl events --for pod/box --types=Warning',
    'kubectl config --kubeconfig=mine.yaml set-cluster c --server=https://c.example',
    'kubectl config --kubeconfig=mine.yaml view',
    'kubectl debug box --image=busybox:1.36 --target=c -q -- sleep 1',
    'kubectl delete pod one --now',
    'kubectl delete deployment,service second',
    'kubectl delete -f web.yaml',
    'kubectl delete pod nobody',
    'kubectl delete namespace extra',
  ],
}

/** What kubectl 1.32 prints otherwise than 1.36, by command: `words` is left out of both before they are compared. */
export interface Explained {
  readonly why: string
  /** Absent: the whole is another. */
  readonly words?: RegExp
}

export const explained: Readonly<Record<string, Explained>> = {
  'kubectl apply -f web2.yaml --dry-run=client -o yaml': {
    why: 'the older one prints the object as it is, the newer one (recorded) as it would be',
  },
  'kubectl describe pod box': versionWords.ofContainer,
  'kubectl autoscale deployment web --min=2 --max=4 --cpu-percent=80': versionWords.ofCpuPercent,
  'kubectl create configmap env --from-env-file=env.txt -o yaml --dry-run=client': versionWords.emptyTime,
  'kubectl run one --image=nginx:1.27 --dry-run=client -o yaml': versionWords.emptyTime,
  'kubectl logs box -c nothing': versionWords.outOf,
  'kubectl drain k8s-node1 --ignore-daemonsets --dry-run=client': versionWords.cannotDelete,
  'kubectl config --kubeconfig=mine.yaml view': versionWords.preferences,
  'kubectl debug box --image=busybox:1.36 --target=c -q -- sleep 1': versionWords.legacyProfile,
  'kubectl rollout undo deployment/web --to-revision=1': versionWords.notOfApply,
  'kubectl rollout undo deployment/web --to-revision=99': versionWords.notOfApply,
  'kubectl delete hpa web': versionWords.fromNamespace,
  'kubectl delete pod one --now': versionWords.fromNamespace,
  'kubectl delete deployment,service second': versionWords.fromNamespace,
  'kubectl delete -f web.yaml': versionWords.fromNamespace,
}
