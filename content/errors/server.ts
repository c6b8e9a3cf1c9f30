// What the API server answers: kubectl prints it unchanged.
import type { KnownError } from '../../src/lesson/known-error.ts'

/** A manifest as one line of typing. */
const apply = (...lines: string[]): string => `printf '${lines.join('\\n')}\\n' | kk apply -f -`

export const server: readonly KnownError[] = [
  {
    name: 'not-found',
    text: 'Error from server (NotFound): pods "web" not found',
    meaning: {
      zh: '这个 namespace 里没有这个名字的 Pod。名字错了，或者它在别的 namespace 里。',
      en: 'This namespace has no Pod of that name. A wrong name, or it is in another namespace.',
    },
    cure: { zh: '`kubectl get pods -A | grep web`。', en: '`kubectl get pods -A | grep web`.' },
    lesson: '03-pod/01-create',
    lines: ['kk get pods web'],
  },
  {
    name: 'namespace-not-found',
    text: 'error: failed to create deployment: namespaces "shop" not found',
    meaning: {
      zh: '要先有 namespace，才能往里放东西。',
      en: 'A namespace must be there before anything is put into it.',
    },
    cure: {
      zh: '`kubectl create namespace shop`，再来一次。',
      en: '`kubectl create namespace shop`, then again.',
    },
    lesson: '04-deployment/01-deploy',
    lines: ['kk create deployment web --image=nginx -n shop'],
  },
  {
    name: 'already-exists',
    text: 'Error from server (AlreadyExists): pods "web" already exists',
    meaning: {
      zh: '`create` 和 `run` 只新建，同名的已经在了。',
      en: '`create` and `run` only make new objects, and one of that name is there.',
    },
    cure: {
      zh: '换个名字，先删掉旧的，或者改用 `apply`。',
      en: 'Take another name, delete the old one, or use `apply`.',
    },
    lesson: '03-pod/01-create',
    lines: ['kk run web --image=nginx', 'kk run web --image=nginx'],
  },
  {
    name: 'unknown-field',
    text: 'strict decoding error: unknown field "spec.containers[0].port"',
    meaning: {
      zh: '没有这个字段：拼错了，或者缩进把它放错了层。',
      en: 'There is no such field: misspelt, or the indentation puts it on the wrong level.',
    },
    cure: {
      zh: '引号里是它被读到的位置；`kubectl explain pod.spec.containers` 列出那一层真有的字段。',
      en: 'The quotes say where it was read; `kubectl explain pod.spec.containers` lists what that level has.',
    },
    lesson: '03-pod/01-create',
    lines: [
      apply(
        'apiVersion: v1',
        'kind: Pod',
        'metadata:',
        '  name: web',
        'spec:',
        '  containers:',
        '  - name: web',
        '    image: nginx',
        '    port: 80',
      ),
    ],
  },
  {
    name: 'cannot-unmarshal',
    text: 'json: cannot unmarshal string into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32',
    meaning: {
      zh: '字段要的是数字，清单里给了字符串：多半是多了引号。',
      en: 'The field takes a number and got a text: usually quotes too many.',
    },
    cure: {
      zh: '去掉引号。反过来，要字符串的地方（环境变量的值）数字必须加引号。',
      en: 'Drop the quotes. The other way round, a text field (the value of a variable) needs them around a number.',
    },
    lesson: '03-pod/01-create',
    lines: [
      apply(
        'apiVersion: v1',
        'kind: Pod',
        'metadata:',
        '  name: web',
        'spec:',
        '  containers:',
        '  - name: web',
        '    image: nginx',
        '    ports:',
        '    - containerPort: "80"',
      ),
    ],
  },
  {
    name: 'bad-name',
    text: 'a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters',
    meaning: {
      zh: '名字里有大写字母、下划线或别的不许用的字符。',
      en: 'The name holds capitals, an underscore or something else that is not allowed.',
    },
    cure: {
      zh: '只用小写字母、数字、`-` 和 `.`，首尾是字母或数字。',
      en: 'Use lower-case letters, digits, `-` and `.`, with a letter or digit at both ends.',
    },
    lesson: '03-pod/01-create',
    lines: ['kk run Web_1 --image=nginx'],
  },
  {
    name: 'unsupported-value',
    text: 'spec.type: Unsupported value: "Loadbalancer": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
    meaning: {
      zh: '这个字段只认列出的几个值，大小写也算。',
      en: 'The field takes only the values listed, and capitals count.',
    },
    cure: { zh: '从后半句里抄一个。', en: 'Copy one from the rest of the line.' },
    lesson: '07-service/02-clusterip',
    lines: [
      apply(
        'apiVersion: v1',
        'kind: Service',
        'metadata:',
        '  name: web',
        'spec:',
        '  type: Loadbalancer',
        '  ports:',
        '  - port: 80',
      ),
    ],
  },
  {
    name: 'required-value',
    text: 'spec.selector: Required value',
    meaning: {
      zh: '缺少必填字段。一次会列出全部缺的。',
      en: 'A field that must be there is missing. All of them are listed at once.',
    },
    cure: { zh: '按列出的路径逐个补上。', en: 'Fill in each of the paths listed.' },
    lesson: '04-deployment/01-deploy',
    lines: [
      apply('apiVersion: apps/v1', 'kind: Deployment', 'metadata:', '  name: web', 'spec:', '  replicas: 2'),
    ],
  },
  {
    name: 'selector-labels',
    text: 'spec.template.metadata.labels: Invalid value: {"app":"shop"}: `selector` does not match template `labels`',
    meaning: {
      zh: '选择算符要选的标签，模板里没有：这样的 Deployment 会永远认不出自己的 Pod，所以不收。',
      en: 'The template lacks the labels that the selector asks for. Such a Deployment would never know its own Pods, so it is refused.',
    },
    cure: {
      zh: '让 `spec.selector.matchLabels` 与 `spec.template.metadata.labels` 一致。',
      en: 'Make `spec.selector.matchLabels` and `spec.template.metadata.labels` agree.',
    },
    lesson: '04-deployment/01-deploy',
    lines: [
      apply(
        'apiVersion: apps/v1',
        'kind: Deployment',
        'metadata:',
        '  name: web',
        'spec:',
        '  selector:',
        '    matchLabels: {app: web}',
        '  template:',
        '    metadata:',
        '      labels: {app: shop}',
        '    spec:',
        '      containers:',
        '      - name: web',
        '        image: nginx',
      ),
    ],
  },
  {
    name: 'selector-immutable',
    text: 'spec.selector: Invalid value: {"matchLabels":{"app":"shop"}}: field is immutable',
    meaning: {
      zh: '选择算符创建后不能改：改了就会丢下原来的 Pod。',
      en: 'A selector cannot be changed once created: the old Pods would be left behind.',
    },
    cure: {
      zh: '换个名字新建一个，或者删掉重建。',
      en: 'Create one under another name, or delete and create again.',
    },
    lesson: '04-deployment/10-replicaset',
    lines: [
      'kk create deployment web --image=nginx',
      `kk patch deployment web -p '{"spec":{"selector":{"matchLabels":{"app":"shop"}}}}'`,
    ],
  },
  {
    name: 'pod-updates',
    text: 'spec: Forbidden: pod updates may not change fields other than',
    meaning: {
      zh: 'Pod 的大多数字段创建后就定了，只有镜像等几项能改。',
      en: 'Most fields of a Pod are fixed once it is created; the image and a few others can change.',
    },
    cure: {
      zh: '删掉重建（`kubectl replace --force -f`），或者让 Deployment 来换。',
      en: 'Delete and create it (`kubectl replace --force -f`), or let a Deployment do that.',
    },
    lesson: '03-pod/02-change',
    lines: [
      'kk run web --image=nginx',
      'sleep 5',
      `kk patch pod web -p '{"spec":{"restartPolicy":"Never"}}'`,
    ],
  },
  {
    name: 'surge-and-unavailable',
    text: 'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0',
    meaning: {
      zh: '不许多出来，也不许少一个，滚动更新就一步也走不了。',
      en: 'None more and none fewer: a rolling update could not take a single step.',
    },
    cure: { zh: '两个里至少给一个 1。', en: 'Give at least one of them a 1.' },
    lesson: '04-deployment/05-strategy',
    lines: [
      'kk create deployment web --image=nginx',
      `kk patch deployment web -p '{"spec":{"strategy":{"rollingUpdate":{"maxSurge":0,"maxUnavailable":0}}}}'`,
    ],
  },
  {
    name: 'requests-over-limits',
    text: 'spec.template.spec.containers[0].resources.requests: Invalid value: "128Mi": must be less than or equal to memory limit of 64Mi',
    meaning: { zh: '请求的比上限还多。', en: 'More is requested than the limit allows.' },
    cure: { zh: '调低 requests，或者调高 limits。', en: 'Lower the request or raise the limit.' },
    lesson: '03-pod/11-resources',
    lines: [
      'kk create deployment web --image=nginx',
      'kk set resources deployment web --limits=memory=64Mi --requests=memory=128Mi',
    ],
  },
  {
    name: 'volume-not-found',
    text: 'The Pod "web" is invalid: spec.containers[0].volumeMounts[0].name: Not found: "c"',
    meaning: {
      zh: '容器要挂载的卷，Pod 里没有声明。',
      en: 'The container mounts a volume that the Pod does not declare.',
    },
    cure: {
      zh: '在 `spec.volumes` 里加上同名的一项，注意它和 `containers` 同一层。',
      en: 'Add an entry of that name to `spec.volumes`, on one level with `containers`.',
    },
    lesson: '03-pod/13-volumes',
    lines: [
      `kk run web --image=nginx --overrides='{"spec":{"containers":[{"name":"web","image":"nginx","volumeMounts":[{"name":"c","mountPath":"/c"}]}]}}'`,
    ],
  },
  {
    name: 'node-port-range',
    text: 'spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
    meaning: { zh: 'NodePort 只能在这个范围里选。', en: 'A NodePort must lie in that range.' },
    cure: {
      zh: '选一个范围内的，或者不写，由集群分配。',
      en: 'Choose one within, or leave it to the cluster.',
    },
    lesson: '07-service/02-clusterip',
    lines: ['kk create service nodeport web --tcp=80 --node-port=80'],
  },
  {
    name: 'node-port-taken',
    text: 'spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated',
    meaning: {
      zh: '别的 Service 已经占了这个节点端口，整个集群只有一份。',
      en: 'Another Service has that node port; there is one set for the whole cluster.',
    },
    cure: {
      zh: '`kubectl get svc -A | grep 30080` 看是谁。',
      en: '`kubectl get svc -A | grep 30080` tells which one.',
    },
    lesson: '07-service/02-clusterip',
    lines: [
      'kk create service nodeport one --tcp=80 --node-port=30080',
      'kk create service nodeport two --tcp=80 --node-port=30080',
    ],
  },
  {
    name: 'cluster-ip-changed',
    text: 'The Service "web" is invalid: spec.clusterIPs[0]: Invalid value: ["20.1.0.99"]: may not change once set',
    meaning: { zh: 'ClusterIP 分配后不能改。', en: 'A ClusterIP cannot be changed once it is given.' },
    cure: {
      zh: '删掉 Service 重建；平时用名字而不是地址访问它。',
      en: 'Delete and create the Service; ask it by name, not by address.',
    },
    lesson: '07-service/02-clusterip',
    lines: [
      'kk create service clusterip web --tcp=80',
      `kk patch service web -p '{"spec":{"clusterIP":"20.1.0.99"}}'`,
    ],
  },
  {
    name: 'immutable-config',
    text: 'data: Forbidden: field is immutable when `immutable` is set',
    meaning: {
      zh: '这个 ConfigMap 标了 `immutable: true`，内容不能再改，标记也去不掉。',
      en: 'This ConfigMap is marked `immutable: true`: its content is fixed, and so is the mark.',
    },
    cure: {
      zh: '新建一个名字不同的，让 Pod 改用它。',
      en: 'Create one under another name and let the Pods use that.',
    },
    lesson: '10-config/02-update',
    lines: [
      'kk create configmap web --from-literal=a=b',
      `kk patch configmap web -p '{"immutable":true}'`,
      `kk patch configmap web -p '{"data":{"a":"c"}}'`,
    ],
  },
  {
    name: 'base64',
    text: 'illegal base64 data at input byte 5',
    meaning: {
      zh: 'Secret 的 `data` 必须是 base64，你给了明文。',
      en: '`data` of a Secret must be base64, and got plain text.',
    },
    cure: {
      zh: '明文写进 `stringData`，API 服务器 会替你编码。',
      en: 'Put plain text into `stringData`; the API server encodes it.',
    },
    lesson: '10-config/02-update',
    lines: [
      'kk create secret generic s --from-literal=a=b',
      `kk patch secret s -p '{"data":{"a":"plain text"}}'`,
    ],
  },
  {
    name: 'conflict',
    text: 'the object has been modified; please apply your changes to the latest version and try again',
    meaning: {
      zh: '你手里的副本带着旧的 `resourceVersion`，在这期间别人改过它。',
      en: 'Your copy bears an old `resourceVersion`: somebody changed the object meanwhile.',
    },
    cure: {
      zh: '重新 `get` 一份再改；清单里不要留 `resourceVersion`，用 `apply`。',
      en: 'Get it anew and change that; keep `resourceVersion` out of manifests and use `apply`.',
    },
    lesson: '04-deployment/02-change-replicas',
    lines: [
      'kk create deployment web --image=nginx',
      'kk get deployment web -o yaml > old.yaml',
      'kk scale deployment web --replicas=2',
      'kk replace -f old.yaml',
    ],
  },
  {
    name: 'last-applied-missing',
    text: 'Warning: resource deployments/web is missing the kubectl.kubernetes.io/last-applied-configuration annotation',
    meaning: {
      zh: '它不是用 `apply` 创建的，所以 `apply` 不知道你上次写了什么。只是提醒，改动已经生效。',
      en: 'It was not created by `apply`, which so cannot know what you wrote last time. A warning only: the change is made.',
    },
    cure: {
      zh: '从现在起都用 `apply`，这一次之后就不再出现。',
      en: 'Use `apply` from now on; it does not come again.',
    },
    lesson: '04-deployment/03-update',
    lines: [
      'kk create deployment web --image=nginx',
      'kk create deployment web --image=nginx:1.27 --dry-run=client -o yaml | kk apply -f -',
    ],
  },
  {
    name: 'etcd-timeout',
    text: 'Error from server: etcdserver: request timed out',
    meaning: {
      zh: 'API 服务器 在，它背后的 etcd 不应答。已经在跑的 Pod 照常运行，只是什么也改不了。',
      en: 'The API server is there, etcd behind it does not answer. Running Pods go on; nothing can be changed.',
    },
    cure: {
      zh: '登录控制平面节点，查 etcd 的静态 Pod、磁盘和日志。',
      en: 'On the control plane’s node, look at etcd’s static Pod, its disk and its log.',
    },
    lesson: '01-intro/03-etcd-down',
    lines: ['ssh k8s-master mv /etc/kubernetes/manifests/etcd.yaml /root/', 'sleep 60', 'kk get pods'],
  },
  {
    name: 'forbidden-user',
    text: 'Error from server (Forbidden): pods is forbidden: User "visitor" cannot list resource "pods" in API group "" in the namespace "default"',
    meaning: {
      zh: '你是谁，API 服务器 知道；只是没有一条规则准许你做这件事。',
      en: 'The API server knows who you are; there is no rule that lets you do this.',
    },
    cure: {
      zh: '句子里的动词、资源、组和 namespace，正好是要写进 Role 的四样；`kubectl auth can-i --list` 看现有的。',
      en: 'Verb, resource, group and namespace in this line are the four things to put into a Role; `kubectl auth can-i --list` shows what there is.',
    },
    lesson: '03-pod/14-identity',
    lines: ['kk get pods --as=visitor'],
  },
  {
    name: 'exceeded-quota',
    text: 'pods "b" is forbidden: exceeded quota: small, requested: pods=1, used: pods=1, limited: pods=1',
    meaning: { zh: '这个 namespace 的配额用完了。', en: 'The quota of this namespace is used up.' },
    cure: {
      zh: '`kubectl describe quota -n shop` 看用了多少；删掉不用的，或者请管理员加。',
      en: '`kubectl describe quota -n shop` shows what is used; delete something or ask for more.',
    },
    lesson: '03-pod/11-resources',
    lines: [
      'kk create namespace shop',
      'kk create quota small --hard=pods=1 -n shop',
      'kk run a --image=nginx -n shop',
      'kk run b --image=nginx -n shop',
    ],
  },
  {
    name: 'must-specify-limits',
    text: 'pods "a" is forbidden: failed quota: small: must specify limits.memory for: a',
    meaning: {
      zh: '配额管着内存上限，所以每个容器都必须写明自己的。',
      en: 'A quota counts memory limits, so each container must state its own.',
    },
    cure: {
      zh: '给容器写 `resources.limits.memory`，或者放一个 LimitRange 当默认值。',
      en: 'Write `resources.limits.memory`, or let a LimitRange give a default.',
    },
    lesson: '03-pod/11-resources',
    lines: [
      'kk create namespace shop',
      'kk create quota small --hard=limits.memory=1Gi -n shop',
      'kk run a --image=nginx -n shop',
    ],
  },
  {
    name: 'namespace-terminating',
    text: 'unable to create new content in namespace shop because it is being terminated',
    meaning: {
      zh: 'namespace 正在删除，里面不能再建东西。',
      en: 'The namespace is being deleted; nothing new may be created in it.',
    },
    cure: {
      zh: '等它删完再重建；一直删不完，看它的 `status.conditions` 和 finalizer。',
      en: 'Wait until it is gone and create it again; if it stays, look at its `status.conditions` and finalizers.',
    },
    lesson: '03-pod/09-deletion',
    lines: [
      'kk create namespace shop',
      'kk run a --image=nginx -n shop',
      'sleep 15',
      'kk delete namespace shop --wait=false',
      'kk run b --image=nginx -n shop',
    ],
  },
  {
    name: 'logs-waiting',
    text: 'container "web" in pod "web" is waiting to start: trying and failing to pull image',
    meaning: { zh: '容器还没启动过，没有日志。', en: 'The container has never started, so there is no log.' },
    cure: {
      zh: '看 `kubectl describe pod web` 的事件，原因在那里。',
      en: 'Look at the events of `kubectl describe pod web`; the reason is there.',
    },
    lesson: '03-pod/07-status',
    lines: ['kk run web --image=nginx:nosuch', 'sleep 5', 'kk logs web'],
  },
  {
    name: 'no-previous',
    text: 'previous terminated container "web" in pod "web" not found',
    meaning: {
      zh: '`--previous` 要上一个实例的日志，而容器没有重启过。',
      en: '`--previous` asks for the last instance, and the container has never been restarted.',
    },
    cure: { zh: '去掉 `--previous`。', en: 'Leave out `--previous`.' },
    lesson: '03-pod/08-restarts',
    lines: ['kk run web --image=nginx', 'sleep 15', 'kk logs web --previous'],
  },
]
