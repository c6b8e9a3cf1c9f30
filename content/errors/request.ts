// What a request ends in: said by curl, wget, nslookup, ssh or the shell.
import type { KnownError } from '../../src/lesson/known-error.ts'

export const shell: readonly KnownError[] = [
  {
    name: 'command-not-found',
    text: 'kubectll: command not found',
    meaning: {
      zh: '当前这台机器（或容器）上没有这个程序。',
      en: 'There is no such program on this machine, or in this container.',
    },
    cure: {
      zh: '查拼写；看提示符，确认自己在哪台机器上。',
      en: 'Check the spelling, and the prompt: which machine are you on?',
    },
    lesson: '00-setup/01-two-nodes',
    lines: ['kubectll get pods'],
  },
  {
    name: 'ssh-host',
    text: 'ssh: Could not resolve hostname k8s-node9: Name or service not known',
    meaning: {
      zh: '没有这台机器，名字解析不出来。',
      en: 'There is no such machine: the name does not resolve.',
    },
    cure: { zh: '`kubectl get nodes` 列出节点的名字。', en: '`kubectl get nodes` lists the nodes’ names.' },
    lesson: '01-intro/04-node',
    lines: ['ssh k8s-node9'],
  },
]

export const request: readonly KnownError[] = [
  {
    name: 'connection-refused',
    text: 'curl: (7) Failed to connect to localhost port 8080 after',
    meaning: {
      zh: '机器在，这个端口上没有程序在听；别的程序把它写成 `connection refused`。对 ClusterIP 来说，是 Service 背后没有就绪的 Pod。',
      en: 'The machine is there, but nothing listens on this port; other programs call it `connection refused`. For a ClusterIP: no ready Pod stands behind the Service.',
    },
    cure: {
      zh: '`kubectl get endpointslices` 是空的吗？选择算符、就绪状态、`targetPort` 依次查。',
      en: 'Is `kubectl get endpointslices` empty? Then selector, readiness, `targetPort`, in this order.',
    },
    lesson: '07-service/02-clusterip',
    lines: ['curl localhost:8080'],
  },
  {
    name: 'connection-timed-out',
    text: 'curl: (28) Connection timed out after 3001 milliseconds',
    meaning: {
      zh: '包发出去，没有回音：地址没人用，或者被 NetworkPolicy、防火墙丢掉了。',
      en: 'Packets go out and nothing comes back: nobody has the address, or a NetworkPolicy or firewall drops them.',
    },
    cure: {
      zh: '先确认地址属于谁（`kubectl get pods,svc -o wide`），再查 NetworkPolicy。',
      en: 'Find out whose address it is (`kubectl get pods,svc -o wide`), then look for a NetworkPolicy.',
    },
    lesson: '03-pod/10-network',
    lines: ['curl -sS -m 3 10.244.1.250'],
  },
  {
    name: 'no-route',
    text: "wget: can't connect to remote host (20.2.1.99): No route to host",
    meaning: {
      zh: '节点上没有 Pod 用这个地址：它多半属于一个已经删掉的 Pod。',
      en: 'No Pod of that node has this address: most likely it was that of a Pod that is gone.',
    },
    cure: {
      zh: '别记 Pod 的地址，用 Service 的名字。',
      en: 'Do not note Pod addresses; use a Service’s name.',
    },
    lesson: '03-pod/10-network',
    lines: [
      'kk run ask --image=busybox --restart=Never -- wget -T 5 -qO- 20.2.1.99',
      'sleep 20',
      'kk logs ask',
    ],
  },
  {
    name: 'empty-reply',
    text: 'curl: (52) Empty reply from server',
    meaning: {
      zh: '连接建立了，对方没说一句 HTTP 就关了：它不是网页服务，或者正在崩溃。',
      en: 'The connection stood, and was closed without a word of HTTP: no web server, or one that is crashing.',
    },
    cure: {
      zh: '核对端口是不是对的那个程序；看 `kubectl logs`。',
      en: 'Is it the right program’s port? See `kubectl logs`.',
    },
    lesson: '03-pod/10-network',
    lines: [
      'kk run web --image=redis',
      'sleep 20',
      `ssh k8s-node1 curl -sS $(kk get pod web -o jsonpath='{.status.podIP}'):6379`,
    ],
  },
  {
    name: 'could-not-resolve',
    text: 'curl: (6) Could not resolve host: shop.example.com',
    meaning: {
      zh: '名字解析不出地址。集群里的名字只有在 Pod 里才解析得了。',
      en: 'The name has no address. Names of the cluster resolve inside Pods only.',
    },
    cure: {
      zh: '在 Pod 里试；跨 namespace 要写 `NAME.NAMESPACE`。',
      en: 'Try it from a Pod; across namespaces, write `NAME.NAMESPACE`.',
    },
    lesson: '01-intro/07-dns',
    lines: ['curl -sS shop.example.com'],
  },
  {
    name: 'bad-address',
    text: "wget: bad address 'web'",
    meaning: {
      zh: 'busybox 的 wget 解析不出这个名字：没有叫 `web` 的 Service。',
      en: 'busybox’s wget cannot resolve the name: there is no Service `web`.',
    },
    cure: {
      zh: '`kubectl get svc`；Pod 的名字不能当域名用。',
      en: '`kubectl get svc`; a Pod’s name is no DNS name.',
    },
    lesson: '01-intro/07-dns',
    lines: ['kk run ask --image=busybox --restart=Never -- wget -qO- web', 'sleep 15', 'kk logs ask'],
  },
  {
    name: 'nxdomain',
    text: 'NXDOMAIN',
    meaning: {
      zh: 'DNS 服务器回答了：没有这个名字。',
      en: 'The DNS server answered: there is no such name.',
    },
    cure: {
      zh: '核对 Service 和 namespace；`NAME.NAMESPACE.svc.cluster.local` 是全名。',
      en: 'Check Service and namespace; `NAME.NAMESPACE.svc.cluster.local` is the full name.',
    },
    lesson: '01-intro/07-dns',
    lines: [
      'kk run ask --image=busybox --restart=Never -- nslookup web.default.svc.cluster.local',
      'sleep 15',
      'kk logs ask',
    ],
  },
  {
    name: 'http-404',
    text: '404 Not Found',
    meaning: {
      zh: '请求到了程序那里，它没有这个路径。网络是通的。',
      en: 'The request reached the program, which has no such path. The network is fine.',
    },
    cure: {
      zh: '查路径；经过 Ingress 时，看规则的 `path` 和 rewrite。',
      en: 'Check the path; behind an Ingress, its `path` and rewrite.',
    },
    lesson: '03-pod/10-network',
    lines: [
      'kk run web --image=nginx',
      'sleep 15',
      `ssh k8s-node1 curl -sS $(kk get pod web -o jsonpath='{.status.podIP}')/nothing`,
    ],
  },
]
