// The broken worlds of the chains of causes: how each is built, what Why? is asked, what it says, and what mends it.

import type { Fault } from '../../src/cluster/faults.ts'
import type { Move } from '../../src/lesson/exercise.ts'
import { installIngressController } from '../../src/lesson/ingress-controller.ts'

export interface Case {
  /** Numbers of the links, from the symptom to the cause. */
  readonly chain: readonly number[]
  /** Commands, seconds, faults; 75 s pass after the last one. */
  readonly build: readonly (Move | Fault)[]
  readonly workers?: number
  readonly metrics?: boolean
  /** An object, `request POD` (its latest one that failed), or `refusal` (the latest). */
  readonly ask: string
  readonly zh: string
  readonly en: string
  readonly cure: readonly (Move | { readonly repair: Fault })[]
  /** Seconds after which Why? has nothing more to say; 75 where absent. */
  readonly heals?: number
  /** Seconds between the last move of `build` and the question; 75 where absent. */
  readonly waits?: number
}

const apply = (...files: string[]): string =>
  `kubectl apply ${files.map(each => `-f ${each}.yaml`).join(' ')}`
/** A pod's spec cannot be changed: it is made anew. */
const anew = (file: string, sed: string): readonly string[] => [
  `sed -i '${sed}' ${file}.yaml`,
  `kubectl replace --force -f ${file}.yaml`,
]
const json = (what: string, patch: unknown): string =>
  `kubectl patch ${what} --type=json -p '${JSON.stringify(patch)}'`

const registryDown: Fault = { type: 'registry-down' }
const silent: Fault = { type: 'kubelet-stopped', node: 'k8s-node2' }
const lost: Fault = { type: 'node-lost', node: 'k8s-node2' }
const etcd: Fault = { type: 'etcd-down' }

export const cases: readonly Case[] = [
  // ---- S1: no node
  {
    chain: [1],
    build: [apply('gate')],
    ask: 'pod/web',
    zh: 'web 还有调度门 example.com/wait，放行以前不参加调度。',
    en: 'web still has the scheduling gate example.com/wait; nobody schedules it before it is taken away.',
    cure: [json('pod web', [{ op: 'remove', path: '/spec/schedulingGates' }])],
  },
  {
    chain: [2],
    build: [apply('scheduler')],
    ask: 'pod/web',
    zh: '它等的调度器 my-scheduler 不存在，所以没有人看它，也没有事件。',
    en: 'It waits for a scheduler called my-scheduler, which does not exist: nobody looks at it, so there is no event.',
    cure: anew('scheduler', '/schedulerName/d'),
  },
  {
    chain: [3],
    build: [apply('claim-missing')],
    ask: 'pod/web',
    zh: 'volumes 里的 PVC web-data 不存在。',
    en: 'The claim web-data named under volumes does not exist.',
    cure: [apply('disk', 'claim')],
  },
  {
    chain: [4, 76],
    build: [apply('claim', 'claim-missing')],
    ask: 'pod/web',
    zh: '没写类也没有默认类，又没有合适的卷。',
    en: 'No class, no default class and no volume that fits.',
    cure: [apply('disk')],
  },
  {
    chain: [63, 5],
    build: [apply('too-big')],
    ask: 'deployment/search',
    zh: '请求 cpu 4，能去的最大的节点一共只有 2：空着也放不下。',
    en: 'It requests cpu 4; the largest node it may use has 2 in all, so it would not fit an empty one.',
    cure: ['kubectl set resources deployment/search --requests=cpu=400m'],
  },
  {
    chain: [63, 6],
    build: [apply('billing'), 10, apply('no-room')],
    ask: 'deployment/search',
    zh: '请求 cpu 1；k8s-node1 已被请求掉 1600m/2（是请求，不是用量），最大的空位是 400m。',
    en: 'It requests cpu 1; on k8s-node1 1600m of 2 are requested already (requested, not used), the largest gap is 400m.',
    cure: ['kubectl scale deployment billing --replicas=0'],
  },
  {
    chain: [7],
    build: ['kubectl taint node k8s-node1 maintenance=planned:NoSchedule', apply('plain')],
    ask: 'pod/web',
    zh: 'k8s-node1 有污点 maintenance=planned:NoSchedule，Pod 没有对应的容忍度。',
    en: 'The taint maintenance=planned:NoSchedule of k8s-node1 keeps it away: the pod does not tolerate it.',
    cure: ['kubectl taint node k8s-node1 maintenance-'],
  },
  {
    chain: [8],
    build: ['kubectl cordon k8s-node1', apply('plain')],
    ask: 'pod/web',
    zh: 'k8s-node1 被 cordon 了，不收新 Pod。',
    en: 'Cordoned, so no new pods go there: k8s-node1.',
    cure: ['kubectl uncordon k8s-node1'],
  },
  {
    chain: [9],
    build: [apply('selector-disk')],
    ask: 'pod/web',
    zh: '没有节点带标签 disk=ssd（nodeSelector 或 nodeAffinity 要求它）。',
    en: 'No node has the label disk=ssd that nodeSelector (or nodeAffinity) asks for.',
    cure: ['kubectl label node k8s-node1 disk=ssd'],
  },
  {
    chain: [63, 10],
    build: [apply('anti-affinity')],
    ask: 'statefulset/db',
    zh: '反亲和要求每个 kubernetes.io/hostname 至多一个；已占 1 处：db-0。',
    en: 'Anti-affinity allows one for each kubernetes.io/hostname; places taken already: 1, by db-0.',
    cure: ['kubectl scale statefulset db --replicas=1'],
  },
  {
    chain: [11],
    build: [apply('affinity')],
    ask: 'pod/web',
    zh: '它要和 app=cache 的 Pod 在一起，但没有这样的 Pod。',
    en: 'It wants to be beside pods app=cache, and there are none.',
    cure: [apply('cache')],
  },
  {
    chain: [63, 12],
    build: [apply('host-port'), 20, 'kubectl rollout restart deployment/gateway'],
    ask: 'deployment/gateway',
    zh: 'hostPort 3000 在每台能去的节点上都被占着（gateway-*）。',
    en: 'hostPort 3000 is taken on every node it could go to (by gateway-*).',
    cure: [
      `kubectl patch deployment gateway -p '{"spec":{"strategy":{"rollingUpdate":{"maxSurge":0,"maxUnavailable":1}}}}'`,
    ],
  },
  {
    chain: [63, 13],
    build: [apply('spread')],
    ask: 'deployment/web',
    zh: '再放一个，偏差就超过 maxSkew 1；被污点挡住的节点也算一个域。',
    en: 'One more would make the skew larger than maxSkew 1; a tainted node counts as a domain too.',
    cure: [
      json('deployment web', [
        {
          op: 'replace',
          path: '/spec/template/spec/topologySpreadConstraints/0/whenUnsatisfiable',
          value: 'ScheduleAnyway',
        },
      ]),
    ],
  },

  // ---- S2: fewer pods than replicas
  {
    chain: [64, 14],
    build: [apply('quota', 'three')],
    ask: 'deployment/web',
    zh: '配额 team 满了：还要 pods=1，已用 pods=2，上限 pods=2。',
    en: 'Quota team is full: pods=1 more wanted, pods=2 used of pods=2.',
    cure: ['kubectl scale deployment web --replicas=2'],
  },
  {
    chain: [64, 15],
    build: [apply('quota-fields', 'one')],
    ask: 'deployment/web',
    zh: '配额 team 要求每个容器写明 limits.memory、requests.cpu；main 没写。',
    en: 'The quota team demands limits.memory, requests.cpu of every container; main does not set them.',
    cure: ['kubectl set resources deployment/web --requests=cpu=100m --limits=memory=128Mi'],
  },
  {
    chain: [64, 16],
    build: [apply('limits', 'over-limit')],
    ask: 'deployment/web',
    zh: 'LimitRange 规定容器 memory 最多 128Mi，清单里是 256Mi。',
    en: 'The limit range allows 128Mi memory a container; the manifest says 256Mi.',
    cure: ['kubectl set resources deployment/web --limits=memory=128Mi'],
  },
  {
    chain: [64, 17],
    build: [apply('account')],
    ask: 'deployment/web',
    zh: 'serviceAccountName 写的 robot 在 default 里没有。',
    en: 'serviceAccountName is robot, which does not exist in default.',
    cure: ['kubectl create serviceaccount robot'],
    heals: 200,
  },
  {
    chain: [64, 18],
    build: [
      'kubectl label namespace default pod-security.kubernetes.io/enforce=baseline',
      apply('host-network'),
    ],
    ask: 'deployment/web',
    zh: '命名空间强制 baseline 级别，Pod 违反：host namespaces。',
    en: 'The namespace enforces baseline; the pod breaks: host namespaces.',
    cure: ['kubectl label namespace default pod-security.kubernetes.io/enforce-'],
    heals: 200,
  },
  {
    chain: [19],
    build: [
      apply('one'),
      10,
      'kubectl rollout pause deployment/web',
      'kubectl set image deployment/web main=leigg/hellok8s:v2',
    ],
    ask: 'deployment/web',
    zh: 'web 被暂停了，改动都先攒着。',
    en: 'web is paused; changes are only collected.',
    cure: ['kubectl rollout resume deployment/web'],
  },
  {
    chain: [20],
    build: [apply('node-name')],
    ask: 'pod/web',
    zh: 'nodeName 写的 k8s-node9 不存在，Pod 一分钟内被清掉。',
    en: 'nodeName is k8s-node9, which does not exist; such a pod is cleared away within a minute.',
    cure: anew('node-name', 's/nodeName: k8s-node9/nodeName: k8s-node1/'),
  },
  {
    chain: [21],
    metrics: true,
    build: [apply('measured', 'scaler'), 60, 'kubectl scale deployment web --replicas=1'],
    ask: 'deployment/web',
    zh: '副本数归 HPA web 管，它要 2 个。',
    en: 'The HPA web decides the replicas and wants 2.',
    cure: ['kubectl delete hpa web'],
  },
  {
    chain: [22],
    metrics: true,
    build: [
      apply('measured', 'scaler'),
      60,
      `kubectl patch deployment web --field-manager=deployer -p '{"spec":{"replicas":3}}'`,
    ],
    waits: 5,
    ask: 'deployment/web',
    zh: 'spec.replicas 最后由 deployer 在 01:00 写成 3。',
    en: 'spec.replicas was last set to 3 by deployer at 01:00.',
    cure: ['kubectl delete hpa web'],
  },

  // ---- S3: the image does not come
  {
    chain: [63, 23],
    build: [apply('two'), 20, 'kubectl set image deployment/web main=leigg/hellok8s:v22'],
    ask: 'deployment/web',
    zh: 'leigg/hellok8s:v22：仓库 leigg/hellok8s 有，标签 v22 没有（有：liveness、readiness、v1、v2、v2_problem、v3_hostname）。',
    en: 'leigg/hellok8s:v22: the repository leigg/hellok8s exists, the tag v22 does not (it has liveness, readiness, v1, v2, v2_problem, v3_hostname).',
    cure: ['kubectl set image deployment/web main=leigg/hellok8s:v2'],
  },
  {
    chain: [24],
    build: [apply('repository')],
    ask: 'pod/web',
    zh: 'ngnix 的仓库不存在，或者要登录；Pod 没带 imagePullSecrets。',
    en: 'The repository of ngnix does not exist or needs a login; the pod has no imagePullSecrets.',
    cure: anew('repository', 's/ngnix/nginx/'),
  },
  {
    chain: [25],
    build: [apply('pull-secret')],
    ask: 'pod/web',
    zh: '拉取用的 Secret regcred 在 default 里没有（Secret 不能跨命名空间）。',
    en: 'The pull secret regcred does not exist in default (secrets do not cross namespaces).',
    cure: anew('pull-secret', '/imagePullSecrets/d;/regcred/d;s#registry.shop.example/web:1#nginx#'),
  },
  {
    chain: [26],
    build: [apply('image-name')],
    ask: 'pod/web',
    zh: '镜像名 Nginx:1.27 不合法：只能小写。',
    en: 'Nginx:1.27 is no image name: lower case only.',
    cure: anew('image-name', 's/Nginx/nginx/'),
  },
  {
    chain: [27],
    build: [apply('never')],
    ask: 'pod/web',
    zh: 'imagePullPolicy: Never，而 k8s-node1 上没有 nginx:1.27。',
    en: 'imagePullPolicy is Never and k8s-node1 does not have nginx:1.27.',
    cure: anew('never', 's/Never/IfNotPresent/'),
  },
  {
    chain: [28],
    build: [registryDown, apply('nginx')],
    ask: 'pod/web',
    zh: '镜像名没错，是连不上仓库 docker.io；恢复后会自己重试（最多等 5 分钟）。',
    en: 'Nothing is wrong with the name: the registry docker.io cannot be reached; it retries by itself (5 min at most).',
    cure: [{ repair: registryDown }],
    heals: 320,
  },

  // ---- S4: the container is not made
  {
    chain: [63, 29],
    build: [apply('orders-config', 'config-key')],
    ask: 'deployment/orders',
    zh: 'ConfigMap orders 有，键 DB_URL 没有（有：db_url）。',
    en: 'ConfigMap orders exists but has no key DB_URL (it has db_url).',
    cure: [`kubectl patch configmap orders -p '{"data":{"DB_URL":"mysql://db:3306/orders"}}'`],
  },
  {
    chain: [30],
    build: [apply('config-map')],
    ask: 'pod/web',
    zh: '容器的 env（或 envFrom）要的 ConfigMap settings 不存在。',
    en: 'ConfigMap settings, which env or envFrom asks for, does not exist.',
    cure: ['kubectl create configmap settings --from-literal=A=b'],
  },
  {
    chain: [31],
    build: [apply('secret-volume')],
    ask: 'pod/web',
    zh: '卷 keys 要的 Secret web-keys 不存在，挂载一直重试。',
    en: 'Volume keys needs the Secret web-keys, which does not exist; mounting is retried.',
    cure: ['kubectl create secret generic web-keys --from-literal=a=b'],
    heals: 140,
  },
  {
    chain: [32],
    build: [apply('orders-config', 'volume-items')],
    ask: 'pod/web',
    zh: '卷 conf 的 items 点了键 nginx.conf，orders 里没有（有：db_url）。',
    en: 'items of volume conf name the key nginx.conf, which orders lacks (it has db_url).',
    cure: [`kubectl patch configmap orders -p '{"data":{"nginx.conf":"events {}"}}'`],
    heals: 140,
  },
  {
    chain: [33],
    build: [apply('host-path')],
    ask: 'pod/web',
    zh: 'k8s-node1 上没有 /srv/data，或者不是 Directory。',
    en: 'On k8s-node1 /srv/data is missing or is no Directory.',
    cure: anew('host-path', 's/type: Directory/type: DirectoryOrCreate/'),
  },

  // ---- S5: it ends again and again
  {
    chain: [63, 34],
    build: [apply('memory')],
    ask: 'deployment/report',
    zh: '被内核按内存上限 32Mi 杀掉（137）；节点空闲多少都没用。',
    en: 'The kernel killed it at its memory limit of 32Mi (137), however much the node has free.',
    cure: [
      json('deployment report', [
        { op: 'replace', path: '/spec/template/spec/containers/0/command', value: ['sleep', '100000'] },
      ]),
    ],
  },
  {
    chain: [63, 35],
    build: [apply('slow-start')],
    ask: 'deployment/catalog',
    zh: '启动 20 秒还没就绪；存活探针只等 5+5×3 秒，就把它杀了。',
    en: 'It was not ready within 20 s; then the liveness probe gives up (5+5×3 s) and it is killed.',
    cure: [
      `kubectl patch deployment catalog -p '{"spec":{"template":{"spec":{"containers":[{"name":"main","startupProbe":{"httpGet":{"path":"/","port":80},"periodSeconds":5,"failureThreshold":24}}]}}}}'`,
    ],
    heals: 120,
  },
  {
    chain: [36],
    build: [apply('liveness')],
    ask: 'pod/web',
    zh: "存活探针失败：cat: can't open '/tmp/ok': No such file or directory。是 kubelet 杀的，不是程序崩溃。",
    en: "Its liveness probe fails: cat: can't open '/tmp/ok': No such file or directory. The kubelet kills it; the program did not crash.",
    cure: anew('liveness', 's/sleep 12; rm .tmp.ok; //'),
  },
  {
    chain: [37],
    build: [apply('startup')],
    ask: 'pod/web',
    zh: '启动探针 2×3 秒内没成功：dial tcp 20.2.1.3:81: connect: connection refused。',
    en: 'Its startup probe did not succeed within 2×3 s: dial tcp 20.2.1.3:81: connect: connection refused.',
    cure: anew('startup', 's/port: 81/port: 80/'),
  },
  {
    chain: [38],
    build: [apply('command')],
    ask: 'pod/web',
    zh: '镜像 busybox:1.36 里没有 /app/serve。',
    en: 'The image busybox:1.36 has no /app/serve.',
    cure: anew('command', 's#/app/serve#sleep, "100000"#'),
  },
  {
    chain: [39],
    build: [apply('done')],
    ask: 'pod/web',
    zh: '程序正常结束了；Pod 的重启策略是 Always，所以又被拉起来。',
    en: 'The program ended well; restartPolicy Always starts it again.',
    cure: anew('done', 's/echo, ready/sleep, "100000"/'),
  },
  {
    chain: [63, 40],
    build: [apply('exit')],
    ask: 'deployment/api',
    zh: "程序自己退出，退出码 3，最后一行：“cat: can't open '/etc/app.conf': No such file or directory”。",
    en: "The program ended by itself with 3; its last line: “cat: can't open '/etc/app.conf': No such file or directory”.",
    cure: [
      json('deployment api', [
        { op: 'replace', path: '/spec/template/spec/containers/0/command', value: ['sleep', '100000'] },
      ]),
    ],
  },
  {
    chain: [41],
    build: [apply('init-exit')],
    ask: 'pod/web',
    zh: '主容器还没开始：init 容器 migrate 退出码 1，最后一行“no database”。',
    en: 'The main container has not begun: init container migrate ends with 1; last line “no database”.',
    cure: anew('init-exit', 's/; exit 1//'),
  },
  {
    chain: [63, 42, 50],
    build: [apply('order-db', 'init-wait')],
    ask: 'deployment/orders',
    zh: '没有叫 orders-db 的 Service；是不是 order-db？',
    en: 'There is no Service orders-db. Did you mean order-db?',
    cure: ['kubectl expose deployment orders --name=orders-db --port=5432'],
  },

  // ---- S6: not ready
  {
    chain: [63, 43],
    build: [apply('readiness-path')],
    ask: 'deployment/web',
    zh: '就绪探针 GET /ready 得到 404；进程在跑，但没有流量。',
    en: 'Its readiness probe, GET /ready, gets 404; the process runs without traffic.',
    cure: [
      json('deployment web', [
        { op: 'replace', path: '/spec/template/spec/containers/0/readinessProbe/httpGet/path', value: '/' },
      ]),
    ],
  },
  {
    chain: [63, 44],
    build: [apply('readiness-port')],
    ask: 'deployment/web',
    zh: '就绪探针敲 8080，容器在 80 上监听。',
    en: 'Its readiness probe knocks at 8080; the container listens on 80.',
    cure: [
      json('deployment web', [
        { op: 'replace', path: '/spec/template/spec/containers/0/readinessProbe/httpGet/port', value: 80 },
      ]),
    ],
  },
  {
    chain: [45],
    build: [apply('readiness-command')],
    ask: 'pod/web',
    zh: "探针命令 cat /tmp/ok 失败：cat: can't open '/tmp/ok': No such file or directory。",
    en: "The probe’s command cat /tmp/ok fails: cat: can't open '/tmp/ok': No such file or directory.",
    cure: ['kubectl exec web -- touch /tmp/ok'],
  },
  {
    chain: [46],
    build: [apply('readiness-gate')],
    ask: 'pod/web',
    zh: '就绪门 example.com/lb 还没人置为 True。',
    en: 'Nobody has set the readiness gate example.com/lb to True.',
    cure: [
      `kubectl patch pod web --subresource=status -p '{"status":{"conditions":[{"type":"example.com/lb","status":"True"}]}}'`,
    ],
  },
  {
    chain: [47, 79],
    workers: 2,
    build: [apply('on-second'), 20, silent],
    ask: 'pod/web',
    zh: 'k8s-node2 的 kubelet 停了；容器还在跑，只是没人报告。',
    en: 'The kubelet on k8s-node2 has stopped; containers run on, nobody reports.',
    cure: [{ repair: silent }],
  },

  // ---- S7: no reply
  {
    chain: [48, 51],
    build: [
      apply('one', 'shop', 'visitor'),
      20,
      `kubectl -n kube-system patch service kube-dns -p '{"spec":{"selector":{"k8s-app":"coredns"}}}'`,
    ],
    ask: 'request visitor',
    zh: 'selector k8s-app=coredns 一个 Pod 也选不到；coredns-*、coredns-* 的标签是 k8s-app=kube-dns，差在 k8s-app。',
    en: 'The selector k8s-app=coredns matches no pod; the labels of coredns-*, coredns-* are k8s-app=kube-dns: k8s-app differs.',
    cure: [`kubectl -n kube-system patch service kube-dns -p '{"spec":{"selector":{"k8s-app":"kube-dns"}}}'`],
  },
  {
    chain: [49],
    build: [apply('other-namespace'), `sed -i s#http://web#http://cart# visitor.yaml`, apply('visitor')],
    ask: 'request visitor',
    zh: 'cart 在命名空间 shop；短名字只找本命名空间，写 cart.shop。',
    en: 'cart is in namespace shop; a short name looks in its own only. Write cart.shop.',
    cure: anew('visitor', 's#http://cart#http://cart.shop#'),
  },
  {
    chain: [50],
    build: [apply('one', 'shop'), `sed -i s#http://web#http://wbe# visitor.yaml`, apply('visitor')],
    ask: 'request visitor',
    zh: '没有叫 wbe 的 Service；是不是 web？',
    en: 'There is no Service wbe. Did you mean web?',
    cure: anew('visitor', 's#http://wbe#http://web#'),
  },
  {
    chain: [51],
    build: [apply('tiered', 'service-selector', 'visitor')],
    ask: 'request visitor',
    zh: 'selector app=web,tier=web 一个 Pod 也选不到；web-* 的标签是 app=web,tier=frontend，差在 tier。',
    en: 'The selector app=web,tier=web matches no pod; the labels of web-* are app=web,tier=frontend: tier differs.',
    cure: ['kubectl set selector service/web app=web,tier=frontend'],
  },
  {
    chain: [52, 44],
    build: [apply('readiness-port', 'shop')],
    ask: 'service/web',
    zh: '就绪探针敲 8080，容器在 80 上监听。',
    en: 'Its readiness probe knocks at 8080; the container listens on 80.',
    cure: [
      json('deployment web', [
        { op: 'replace', path: '/spec/template/spec/containers/0/readinessProbe/httpGet/port', value: 80 },
      ]),
      json('service web', [{ op: 'replace', path: '/spec/ports/0/targetPort', value: 80 }]),
    ],
  },
  {
    chain: [53],
    build: [apply('tiered', 'port-name', 'visitor')],
    ask: 'request visitor',
    zh: 'targetPort 写的名字 http，Pod 里的端口叫 http-web。',
    en: 'targetPort names http; the ports of the pods are called http-web.',
    cure: [`kubectl patch service web -p '{"spec":{"ports":[{"port":80,"targetPort":"http-web"}]}}'`],
  },
  {
    chain: [54],
    build: [apply('one', 'target-port', 'visitor')],
    ask: 'request visitor',
    zh: '送到了 web-*:80，那里没有人听（它听 3000）。',
    en: 'It reached web-*:80, where nobody listens (it listens on 3000).',
    cure: [`kubectl patch service web -p '{"spec":{"ports":[{"port":80,"targetPort":3000}]}}'`],
  },
  {
    chain: [55],
    build: [apply('one', 'shop'), 'sed -i s#http://web#http://web:8080# visitor.yaml', apply('visitor')],
    ask: 'request visitor',
    zh: 'Service web 没有 8080 端口，只有 80。',
    en: 'The Service web has no port 8080, only 80.',
    cure: anew('visitor', 's#:8080##'),
  },
  {
    chain: [56],
    build: [apply('one', 'shop', 'visitor'), 10, apply('policy')],
    ask: 'request visitor',
    zh: '策略 web-from-visitor 选中了 web-*，没有一条放行来自 visitor 到 3000 的连接（它写的 80 是 Service 的端口，到 Pod 是 3000）。',
    en: 'Policy web-from-visitor selects web-* and no rule lets visitor reach 3000 (it names 80, the Service’s port; at the pod it is 3000).',
    cure: [
      json('networkpolicy web-from-visitor', [
        { op: 'replace', path: '/spec/ingress/0/ports/0/port', value: 3000 },
      ]),
    ],
  },
  {
    chain: [57],
    build: [apply('two-workloads', 'shop')],
    ask: 'service/web',
    zh: '端点里混着 web-new 和 web-old 的 Pod，所以时新时旧。',
    en: 'Its endpoints mix pods of web-new and web-old; so the answers alternate.',
    cure: ['kubectl set selector service/web app=web,version=new'],
  },

  // ---- S8: Ingress
  {
    chain: [58],
    build: [
      ...installIngressController,
      apply('one', 'shop'),
      "sed -i 's/ClassName: nginx/ClassName: ngnix/' ingress.yaml",
      apply('ingress'),
    ],
    ask: 'ingress/web',
    zh: '类 ngnix 不存在（有：nginx），没有控制器管它，ADDRESS 一直空着。',
    en: 'The class ngnix does not exist (there is nginx): no controller serves it, ADDRESS stays empty.',
    cure: [`kubectl patch ingress web -p '{"spec":{"ingressClassName":"nginx"}}'`],
  },
  {
    chain: [59],
    build: [...installIngressController, apply('one', 'shop', 'ingress', 'guest')],
    ask: 'request guest',
    zh: '没有规则管 other.example/；最近的是 shop.example/。',
    en: 'No rule covers other.example/; the nearest is shop.example/.',
    cure: [json('ingress web', [{ op: 'replace', path: '/spec/rules/0/host', value: 'other.example' }])],
  },
  {
    chain: [60],
    build: [...installIngressController, apply('ingress')],
    ask: 'ingress/web',
    zh: '规则指向的 Service web 在 default 里没有。',
    en: 'The rule points to the Service web, which is not in default.',
    cure: [apply('one', 'shop')],
  },
  {
    chain: [61],
    build: [
      ...installIngressController,
      apply('one', 'shop'),
      "sed -i 's/number: 80/number: 3000/' ingress.yaml",
      apply('ingress'),
    ],
    ask: 'ingress/web',
    zh: '规则写端口 3000，web 的端口是 80（不是容器的端口）。',
    en: 'The rule says port 3000; web has 80 (not the container’s port).',
    cure: [
      json('ingress web', [
        { op: 'replace', path: '/spec/rules/0/http/paths/0/backend/service/port/number', value: 80 },
      ]),
    ],
  },
  {
    chain: [62, 51],
    build: [...installIngressController, apply('tiered', 'service-selector', 'ingress')],
    ask: 'ingress/web',
    zh: 'selector app=web,tier=web 一个 Pod 也选不到；web-* 的标签是 app=web,tier=frontend，差在 tier。',
    en: 'The selector app=web,tier=web matches no pod; the labels of web-* are app=web,tier=frontend: tier differs.',
    cure: ['kubectl set selector service/web app=web,tier=frontend'],
  },

  // ---- S9: rollouts
  {
    chain: [65],
    build: [
      apply('stateful'),
      30,
      'kubectl set image statefulset/db main=leigg/hellok8s:v22',
      60,
      'kubectl set image statefulset/db main=leigg/hellok8s:v1',
    ],
    ask: 'statefulset/db',
    zh: 'db-1 还在坏修订 db-5f8d48f9c 上；控制器等它就绪才换，它不会就绪。',
    en: 'db-1 is on the broken revision db-5f8d48f9c; the controller waits for it to be ready, and it never will be.',
    cure: ['kubectl delete pod db-1'],
  },
  {
    chain: [66],
    build: [apply('daemons')],
    ask: 'daemonset/agent',
    zh: 'k8s-master 有污点 node-role.kubernetes.io/control-plane:NoSchedule，DaemonSet 不容忍它。',
    en: 'k8s-master has the taint node-role.kubernetes.io/control-plane:NoSchedule, which the DaemonSet does not tolerate.',
    cure: [
      `kubectl patch daemonset agent -p '{"spec":{"template":{"spec":{"tolerations":[{"operator":"Exists"}]}}}}'`,
    ],
  },

  // ---- S10: Jobs
  {
    chain: [67],
    build: [apply('job-fails')],
    ask: 'job/migrate',
    zh: '失败 2 次，超过 backoffLimit 1；最后一次：“no table orders”。',
    en: 'Failures: 2, more than backoffLimit 1; the last said “no table orders”.',
    cure: anew('job-fails', 's/; exit 1//'),
  },
  {
    chain: [68],
    build: [apply('job-late')],
    ask: 'job/migrate',
    zh: '跑过了 activeDeadlineSeconds 10。',
    en: 'It ran longer than activeDeadlineSeconds 10.',
    cure: anew('job-late', 's/100000/5/'),
  },
  {
    chain: [69],
    build: [apply('cron-suspended')],
    ask: 'cronjob/report',
    zh: 'report 被暂停了。',
    en: 'report is suspended.',
    cure: [`kubectl patch cronjob report -p '{"spec":{"suspend":false}}'`],
  },
  {
    chain: [70],
    build: [apply('cron-forbid')],
    waits: 200,
    ask: 'cronjob/report',
    zh: 'report-29923771 从 01:00 起没结束，Forbid 挡住了后来的每一次。',
    en: 'report-29923771 has not ended since 01:00; Forbid holds every later run back.',
    cure: [
      "sed -i 's/sleep, .100000./echo, written/' cron-forbid.yaml",
      apply('cron-forbid'),
      'kubectl delete jobs --all',
    ],
  },
  {
    chain: [71],
    build: [apply('cron-zone')],
    ask: 'cronjob/report',
    zh: '按 Asia/Shanghai 算，下一次是 2026-11-24 03:00，也就是 2026-11-23 19:00 UTC。',
    en: 'In Asia/Shanghai the next run is 2026-11-24 03:00, which is 2026-11-23 19:00 UTC.',
    cure: [json('cronjob report', [{ op: 'remove', path: '/spec/timeZone' }])],
  },

  // ---- S11: HPA
  {
    chain: [72],
    metrics: true,
    build: [apply('scaler')],
    ask: 'hpa/web',
    zh: '目标 Deployment web 不存在。',
    en: 'Its target Deployment web does not exist.',
    cure: [apply('measured')],
  },
  {
    chain: [73],
    build: [apply('measured', 'scaler')],
    ask: 'hpa/web',
    zh: '没有指标服务器，没人量 CPU。',
    en: 'There is no metrics server; nobody measures.',
    cure: ['# metrics on'],
    heals: 90,
  },
  {
    chain: [74],
    metrics: true,
    build: [apply('unmeasured', 'scaler')],
    ask: 'hpa/web',
    zh: '利用率 = 用量 ÷ 请求，容器 agent 没有 cpu 请求。',
    en: 'Utilization is use over request; container agent requests no cpu.',
    cure: ['kubectl set resources deployment/web -c agent --requests=cpu=20m'],
    heals: 120,
  },

  // ---- S12: claims
  {
    chain: [75],
    build: [apply('disk-class', 'claim-class')],
    ask: 'pvc/web-data',
    zh: '要的类 fast 没有；现成的卷 disk-1 属于类 disks。',
    en: 'It asks for class fast, which does not exist; the volume disk-1 is of class disks.',
    cure: anew('claim-class', 's/fast/disks/'),
  },
  {
    chain: [76],
    build: [apply('claim')],
    ask: 'pvc/web-data',
    zh: '没写类也没有默认类，又没有合适的卷。',
    en: 'No class, no default class and no volume that fits.',
    cure: [apply('disk')],
  },
  {
    chain: [77],
    build: [apply('claim-waits')],
    ask: 'pvc/web-data',
    zh: '这是正常的：web-data 等第一个用它的 Pod。',
    en: 'This is as it should be: web-data waits for the first pod that uses it.',
    cure: [
      "sed -i 's/storageClassName: disks/storageClassName: late/' disk-class.yaml",
      apply('disk-class', 'with-claim'),
    ],
  },
  {
    chain: [78],
    build: [apply('disk-class', 'claim-large')],
    ask: 'pvc/web-data',
    zh: 'disk-1 不合适：太小（要 9Gi，有 5Gi）。',
    en: 'disk-1 does not fit: it is too small (wanted 9Gi, has 5Gi).',
    cure: anew('claim-large', 's/9Gi/3Gi/'),
  },

  // ---- S13: nodes
  {
    chain: [79],
    workers: 2,
    build: [silent],
    ask: 'node/k8s-node2',
    zh: 'k8s-node2 的 kubelet 停了；容器还在跑，只是没人报告。',
    en: 'The kubelet on k8s-node2 has stopped; containers run on, nobody reports.',
    cure: ['ssh k8s-node2 systemctl start kubelet'],
  },
  {
    chain: [80],
    workers: 2,
    build: [lost],
    ask: 'node/k8s-node2',
    zh: 'k8s-node2 从网络上消失了；5 分钟后驱逐 Pod。',
    en: 'k8s-node2 has left the network; after 5 min its pods are evicted.',
    cure: [{ repair: lost }],
  },

  // ---- S14: Terminating
  {
    chain: [81],
    build: [apply('archived'), 'kubectl -n old-shop delete configmap orders-2025 --wait=false'],
    ask: 'configmap/old-shop/orders-2025',
    zh: '等 finalizer archive.shop.example/copied 被处理；它的控制器这里不认识。',
    en: 'It waits for the finalizer archive.shop.example/copied; its controller is not known here.',
    cure: [
      `kubectl -n old-shop patch configmap orders-2025 --type=merge -p '{"metadata":{"finalizers":null}}'`,
    ],
  },
  {
    chain: [82],
    build: [apply('archived'), 5, 'kubectl delete namespace old-shop --wait=false'],
    ask: 'namespace/old-shop',
    zh: '里面还有 1 个 ConfigMap 带 finalizer archive.shop.example/copied：orders-2025。',
    en: 'Still in it, with the finalizer archive.shop.example/copied: 1 ConfigMap (orders-2025).',
    cure: [
      `kubectl -n old-shop patch configmap orders-2025 --type=merge -p '{"metadata":{"finalizers":null}}'`,
    ],
  },
  {
    chain: [83, 79],
    workers: 2,
    build: [apply('on-second'), 20, silent, 60, 'kubectl delete pod web --wait=false'],
    ask: 'pod/web',
    zh: 'k8s-node2 的 kubelet 停了；容器还在跑，只是没人报告。',
    en: 'The kubelet on k8s-node2 has stopped; containers run on, nobody reports.',
    cure: [{ repair: silent }],
  },
  {
    chain: [84],
    build: [apply('deaf'), 20, 'kubectl delete pod web --wait=false'],
    ask: 'pod/web',
    zh: '程序收到 TERM 后还没退出，02:00 时会被强杀。',
    en: 'The program has not ended since TERM and is killed at 02:00.',
    cure: [],
  },
  {
    chain: [85],
    build: [apply('disk', 'claim', 'with-claim'), 20, 'kubectl delete pvc web-data --wait=false'],
    ask: 'pvc/web-data',
    zh: 'web 还在用它。',
    en: 'web still uses it.',
    cure: ['kubectl delete pod web'],
  },

  // ---- S15: refused
  {
    chain: [86],
    build: [apply('reporter')],
    ask: 'refusal',
    zh: 'system:serviceaccount:default:reporter 没有任何绑定；reporter-reads 写的是 kube-system 里的 reporter。',
    en: 'No binding names system:serviceaccount:default:reporter; reporter-reads names reporter in kube-system.',
    cure: [
      json('rolebinding reporter-reads', [
        { op: 'replace', path: '/subjects/0/namespace', value: 'default' },
      ]),
    ],
  },
  {
    chain: [87],
    build: [
      "sed -i '/serviceAccountName/d;s/namespace: kube-system/namespace: default/' reporter.yaml",
      apply('reporter'),
    ],
    ask: 'refusal',
    zh: 'reporter 用的是 default，权限给了 reporter。',
    en: 'reporter runs as default; the permission is reporter’s.',
    cure: [
      "sed -i 's/terminationGracePeriodSeconds: 0/serviceAccountName: reporter/' reporter.yaml",
      'kubectl delete pod reporter',
      apply('reporter'),
    ],
    heals: 640,
  },
  {
    chain: [88],
    build: [apply('two', 'budget'), 20, 'kubectl drain k8s-node1 --ignore-daemonsets --timeout=10s'],
    waits: 1,
    workers: 2,
    ask: 'refusal',
    zh: 'web 要至少 2 个可用，现在正好 2 个，一个也不能走。',
    en: 'web wants 2 available and has 2: none may go.',
    cure: [
      'kubectl scale deployment web --replicas=3',
      20,
      'kubectl drain k8s-node1 --ignore-daemonsets --timeout=60s',
    ],
  },
  {
    chain: [89],
    build: [apply('immutable'), 'sed -i s/old/new/ immutable.yaml', apply('immutable')],
    ask: 'refusal',
    zh: 'data 建好就不能改；换一个名字。',
    en: 'data cannot change once it is made; give it a new name.',
    cure: ['sed -i s/app-config/app-config-2/ immutable.yaml', apply('immutable')],
  },
  {
    chain: [90],
    build: [etcd, apply('plain')],
    waits: 1,
    ask: 'refusal',
    zh: 'API 在，存储不在：什么都写不了，正在跑的继续跑。',
    en: 'The API answers, its store does not: nothing can be written; what runs, runs on.',
    cure: [{ repair: etcd }, apply('plain')],
  },
]

/** Chains without a world of their own, and why. */
export const leftOut: Readonly<Record<number, string>> = {
  63: 'is the first link of others (5, 23, 43 …)',
  64: 'is the first link of others (14 to 18)',
}
