// What stands in a STATUS column or in an event, where something does not become ready.
import type { KnownError } from '../../src/lesson/known-error.ts'

/** A Pod `web` whose spec is that of the text, in one line of typing. */
const pod = (spec: object): string => `kk run web --image=nginx --overrides='${JSON.stringify({ spec })}'`
const container = (rest: object): string => pod({ containers: [{ name: 'web', image: 'nginx', ...rest }] })
/** … that takes port 80 of the first node. */
const hostPort = pod({
  nodeSelector: { 'kubernetes.io/hostname': 'k8s-node1' },
  containers: [{ name: 'web', image: 'nginx', ports: [{ containerPort: 80, hostPort: 80 }] }],
})
const scheduling = 'kk get events --field-selector reason=FailedScheduling -o custom-columns=MESSAGE:.message'

export const status: readonly KnownError[] = [
  {
    name: 'image-pull-back-off',
    text: 'ImagePullBackOff',
    meaning: {
      zh: '镜像拉不下来，kubelet 在等下一次重试，间隔越来越长。`ErrImagePull` 是同一件事，正好在刚失败的那一刻。',
      en: 'The image cannot be pulled, and the kubelet waits before it tries again, longer each time. `ErrImagePull` is the same, just after a failure.',
    },
    cure: {
      zh: '`kubectl describe pod web`，Failed 事件里写着名字、tag、权限或网络中的哪一样。',
      en: '`kubectl describe pod web`: its Failed event says whether it is the name, the tag, the credentials or the network.',
    },
    lesson: '03-pod/07-status',
    lines: ['kk run web --image=nginx:nosuch', 'sleep 20', 'kk get pods'],
  },
  {
    name: 'image-tag-not-found',
    text: 'docker.io/library/nginx:nosuch: not found',
    meaning: { zh: '仓库里有 nginx，没有这个 tag。', en: 'The registry has nginx, but not this tag.' },
    cure: {
      zh: '去镜像的页面查有哪些 tag；自己的镜像，看是不是忘了推送。',
      en: 'Look up the tags on the image’s page; for an image of your own: was it pushed?',
    },
    lesson: '03-pod/07-status',
    lines: [
      'kk run web --image=nginx:nosuch',
      'sleep 20',
      'kk get events --field-selector reason=Failed -o custom-columns=MESSAGE:.message',
    ],
  },
  {
    name: 'pull-access-denied',
    text: 'pull access denied, repository does not exist or may require authorization',
    meaning: {
      zh: '没有这个仓库，或者它是私有的：Docker Hub 故意不说是哪一种。',
      en: 'There is no such repository, or it is private: Docker Hub deliberately does not say which.',
    },
    cure: {
      zh: '先查拼写；私有仓库要给 Pod 配 `imagePullSecrets`。',
      en: 'Check the spelling; a private one needs `imagePullSecrets` in the Pod.',
    },
    lesson: '02-docker/05-local-image',
    lines: [
      'kk run web --image=nginz',
      'sleep 20',
      'kk get events --field-selector reason=Failed -o custom-columns=MESSAGE:.message',
    ],
  },
  {
    name: 'err-image-never-pull',
    text: 'ErrImageNeverPull',
    meaning: {
      zh: '`imagePullPolicy: Never`，而节点上没有这个镜像。',
      en: '`imagePullPolicy: Never`, and the image is not on the node.',
    },
    cure: {
      zh: '在那个节点上导入镜像，或者改成 `IfNotPresent`。',
      en: 'Import the image on that node, or use `IfNotPresent`.',
    },
    lesson: '02-docker/05-local-image',
    lines: ['kk run web --image=shop:v9 --image-pull-policy=Never', 'sleep 5', 'kk get pods'],
  },
  {
    name: 'crash-loop-back-off',
    text: 'CrashLoopBackOff',
    meaning: {
      zh: '容器一启动就退出，kubelet 在等下一次重启，每次等得更久，最多五分钟。没有就绪探针时，等待中多半显示 `Error`。',
      en: 'The container exits soon after each start; the kubelet waits before the next one, longer each time, five minutes at most. Without a readiness probe, the wait mostly shows as `Error`.',
    },
    cure: {
      zh: '`kubectl logs web --previous` 看它临终说了什么；没有日志，看 `describe` 里的退出码和 Reason。',
      en: '`kubectl logs web --previous` has its last words; without a log, see exit code and Reason in `describe`.',
    },
    lesson: '03-pod/08-restarts',
    lines: [
      container({
        command: ['sh', '-c', 'sleep 4; exit 1'],
        readinessProbe: { exec: { command: ['true'] }, periodSeconds: 1 },
      }),
      'sleep 50',
      'kk get pods',
    ],
  },
  {
    name: 'oom-killed',
    text: 'OOMKilled',
    meaning: {
      zh: '进程用的内存超过了 `limits.memory`，被内核杀掉，退出码 137。',
      en: 'The process went over `limits.memory` and was killed by the kernel; exit code 137.',
    },
    cure: {
      zh: '先查是不是泄漏；确实需要，就调高上限。',
      en: 'Find out whether it leaks; if it needs that much, raise the limit.',
    },
    lesson: '03-pod/11-resources',
    lines: [
      `kk run web --image=polinux/stress --restart=Never --overrides='{"spec":{"containers":[{"name":"web","image":"polinux/stress","command":["stress","--vm","1","--vm-bytes","150M"],"resources":{"limits":{"memory":"100Mi"}}}]}}'`,
      'sleep 30',
      'kk get pods',
    ],
  },
  {
    name: 'config-error',
    text: 'CreateContainerConfigError',
    meaning: {
      zh: '容器要用的 ConfigMap、Secret 或其中的键不存在，或者要求非 root 而镜像是 root。',
      en: 'A ConfigMap, a Secret or a key in one is missing; or non-root is demanded and the image runs as root.',
    },
    cure: {
      zh: '`describe` 的 Failed 事件点名是哪一个；补上它，Pod 会自己接着启动。',
      en: 'The Failed event of `describe` names it; create it, and the Pod goes on by itself.',
    },
    lesson: '03-pod/07-status',
    lines: [container({ envFrom: [{ configMapRef: { name: 'settings' } }] }), 'sleep 15', 'kk get pods'],
  },
  {
    name: 'run-as-non-root',
    text: 'Error: container has runAsNonRoot and image will run as root',
    meaning: {
      zh: '清单不许 root，而镜像默认就是 root。',
      en: 'The manifest forbids root, and root is what the image runs as.',
    },
    cure: {
      zh: '写上 `runAsUser: 1000`，或者换一个非 root 的镜像。',
      en: 'Set `runAsUser: 1000`, or take an image that does not need root.',
    },
    lesson: '03-pod/14-identity',
    lines: [pod({ securityContext: { runAsNonRoot: true } }), 'sleep 15', 'kk describe pod web | tail -5'],
  },
  {
    name: 'container-creating',
    text: 'MountVolume.SetUp failed for volume "c" : configmap "settings" not found',
    meaning: {
      zh: 'Pod 停在 ContainerCreating：要挂载的 ConfigMap 不存在。',
      en: 'The Pod stays in ContainerCreating: the ConfigMap to mount is not there.',
    },
    cure: {
      zh: '创建它，最多两分钟内会自己好；可有可无就写 `optional: true`。',
      en: 'Create it, and within two minutes all is well; or mark it `optional: true`.',
    },
    lesson: '03-pod/13-volumes',
    lines: [
      pod({
        volumes: [{ name: 'c', configMap: { name: 'settings' } }],
        containers: [{ name: 'web', image: 'nginx', volumeMounts: [{ name: 'c', mountPath: '/c' }] }],
      }),
      'sleep 10',
      'kk describe pod web | tail -2',
    ],
  },
  {
    name: 'exec-in-image',
    text: 'unable to start container process: exec: "ngins": executable file not found in $PATH',
    meaning: {
      zh: '`command` 里的程序在镜像里不存在。',
      en: 'The program in `command` is not in the image.',
    },
    cure: {
      zh: '查拼写；要 shell 来解释的写法（管道、变量）得写成 `["sh", "-c", "…"]`。',
      en: 'Check the spelling; what needs a shell (pipes, variables) is written `["sh", "-c", "…"]`.',
    },
    lesson: '03-pod/07-status',
    lines: ['kk run web --image=nginx --command -- ngins', 'sleep 15', 'kk describe pod web | tail -5'],
  },
  {
    name: 'init-error',
    text: 'Init:Error',
    meaning: {
      zh: 'Init 容器失败了，主容器要等它成功才启动。',
      en: 'An init container failed; the others start only after it succeeds.',
    },
    cure: {
      zh: '`kubectl logs web -c wait`，`-c` 后面是 Init 容器的名字。',
      en: '`kubectl logs web -c wait`, with the init container’s name after `-c`.',
    },
    lesson: '03-pod/05-init',
    lines: [
      pod({ initContainers: [{ name: 'wait', image: 'busybox', command: ['sh', '-c', 'exit 1'] }] }),
      'sleep 14',
      'kk get pods',
    ],
  },
  {
    name: 'pending-resources',
    text: '1 Insufficient cpu',
    meaning: {
      zh: '没有一个节点剩下的 CPU 够它的 requests。看的是请求之和，不是实际用量。',
      en: 'No node has enough CPU left for its requests. Requests are counted, not what is used.',
    },
    cure: {
      zh: '`kubectl describe node` 的 Allocated resources；调低 requests，或者加节点。',
      en: 'See Allocated resources in `kubectl describe node`; lower the request or add a node.',
    },
    lesson: '03-pod/11-resources',
    lines: [container({ resources: { requests: { cpu: '64' } } }), 'sleep 3', scheduling],
  },
  {
    name: 'pending-selector',
    text: "node(s) didn't match Pod's node affinity/selector",
    meaning: { zh: '没有节点带着 Pod 要的标签。', en: 'No node has the labels that the Pod asks for.' },
    cure: {
      zh: '`kubectl get nodes --show-labels` 对一对；给节点打标签，或者改 `nodeSelector`。',
      en: 'Compare `kubectl get nodes --show-labels`; label a node or change `nodeSelector`.',
    },
    lesson: '03-pod/12-nodes',
    lines: [pod({ nodeSelector: { disk: 'none' } }), 'sleep 3', scheduling],
  },
  {
    name: 'pending-taint',
    text: '1 node(s) had untolerated taint(s)',
    meaning: {
      zh: '节点有污点，Pod 没有对应的容忍度。两节点的集群里，master 总会出现在这里。',
      en: 'A node has a taint that the Pod does not tolerate. In a cluster of two, the master always appears here.',
    },
    cure: {
      zh: '`kubectl describe node | grep Taints` 看是什么；需要才加 `tolerations`。',
      en: '`kubectl describe node | grep Taints` shows it; add `tolerations` only where the Pod belongs there.',
    },
    lesson: '03-pod/12-nodes',
    lines: [pod({ nodeSelector: { 'kubernetes.io/hostname': 'k8s-master' } }), 'sleep 3', scheduling],
  },
  {
    name: 'pending-host-port',
    text: "1 node(s) didn't have free ports for the requested pod ports",
    meaning: {
      zh: '`hostPort` 要占用节点的端口，一个节点上只容得下一个。',
      en: '`hostPort` takes a port of the node, and each node has it only once.',
    },
    cure: { zh: '去掉 `hostPort`，用 Service 对外提供。', en: 'Drop `hostPort` and use a Service.' },
    lesson: '03-pod/12-nodes',
    lines: [hostPort, hostPort.replace('run web', 'run two'), 'sleep 5', scheduling],
  },
  {
    name: 'pending-claim',
    text: 'pod has unbound immediate PersistentVolumeClaims',
    meaning: {
      zh: 'Pod 要的持久卷申领（PVC）还没有绑定到卷：没有合适的持久卷（PV），也没有默认的 StorageClass。',
      en: 'The claim is not bound to a volume: no PV fits, and there is no default StorageClass.',
    },
    cure: {
      zh: '`kubectl get pvc,pv,storageclass`，从 Pending 的那个申领查起。',
      en: '`kubectl get pvc,pv,storageclass`, and begin with the claim that is Pending.',
    },
    lesson: '03-pod/13-volumes',
    lines: [
      `kk create -f - <<< '{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}'`,
      pod({ volumes: [{ name: 'c', persistentVolumeClaim: { claimName: 'data' } }] }),
      'sleep 3',
      scheduling,
    ],
  },
  {
    name: 'readiness-failed',
    text: 'Readiness probe failed: HTTP probe failed with statuscode: 404',
    meaning: {
      zh: 'Pod 在运行，但没通过就绪探针：READY 是 0/1，Service 不给它流量。',
      en: 'The Pod runs but fails its readiness probe: READY stays 0/1, and no Service sends it requests.',
    },
    cure: {
      zh: '核对探针的路径和端口；程序启动慢就加 `startupProbe`。',
      en: 'Check path and port of the probe; a slow start wants a `startupProbe`.',
    },
    lesson: '04-deployment/08-readiness',
    lines: [
      container({ readinessProbe: { httpGet: { path: '/ready', port: 80 } } }),
      'sleep 25',
      'kk describe pod web | tail -3',
    ],
  },
  {
    name: 'liveness-failed',
    text: 'Liveness probe failed: dial tcp 20.2.1.3:81: connect: connection refused',
    meaning: {
      zh: '存活探针连续失败，kubelet 会杀掉容器重启。',
      en: 'The liveness probe keeps failing; the kubelet kills the container and starts it again.',
    },
    cure: {
      zh: '看探针问的端口有没有程序在听；别让它依赖别的服务。',
      en: 'Does anything listen where the probe asks? It should not depend on other services.',
    },
    lesson: '04-deployment/07-liveness',
    lines: [
      container({ livenessProbe: { tcpSocket: { port: 81 }, periodSeconds: 2 } }),
      'sleep 25',
      'kk describe pod web | tail -4',
    ],
  },
  {
    name: 'terminating',
    text: 'Terminating',
    meaning: {
      zh: '正在删除：等 preStop 和程序收尾，最多 `terminationGracePeriodSeconds`。一直不走，是节点失联，或者有 finalizer。',
      en: 'Being deleted: preStop and the program get `terminationGracePeriodSeconds` to finish. If it stays, the node is lost or a finalizer holds it.',
    },
    cure: {
      zh: '先看节点是不是 Ready，再看 `metadata.finalizers`；`--force` 是最后一步。',
      en: 'See whether the node is Ready, then `metadata.finalizers`; `--force` comes last.',
    },
    lesson: '03-pod/09-deletion',
    lines: [
      container({ lifecycle: { preStop: { sleep: { seconds: 25 } } } }),
      'sleep 15',
      'kk delete pod web --wait=false',
      'sleep 3',
      'kk get pods',
    ],
  },
  {
    name: 'node-not-ready',
    text: 'NotReady',
    meaning: {
      zh: '节点的 kubelet 有五十秒没有汇报：它停了，机器没了，或者网络断了。',
      en: 'The node’s kubelet has not reported for fifty seconds: it stopped, the machine is gone, or the network is cut.',
    },
    cure: {
      zh: '`ssh k8s-node1 systemctl status kubelet`，再 `ssh k8s-node1 journalctl -u kubelet`。',
      en: '`ssh k8s-node1 systemctl status kubelet`, then `ssh k8s-node1 journalctl -u kubelet`.',
    },
    lesson: '01-intro/04-node',
    lines: ['ssh k8s-node1 systemctl stop kubelet', 'sleep 60', 'kk get nodes'],
  },
  {
    name: 'external-ip-pending',
    text: '<pending>',
    meaning: {
      zh: 'LoadBalancer 的外部地址由云或 MetalLB 之类给，没有提供者就一直等。',
      en: 'A cloud or something like MetalLB gives a LoadBalancer its address; without one it waits for ever.',
    },
    cure: {
      zh: '装一个提供者，或者先用它自带的 NodePort。',
      en: 'Install a provider, or use the NodePort that comes with it.',
    },
    lesson: '07-service/02-clusterip',
    lines: ['kk create service loadbalancer web --tcp=80', 'kk get service web'],
  },
]
