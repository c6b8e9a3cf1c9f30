// S7 and S8: no reply from a Service, a name or an Ingress.
import { installIngressController } from '../../../src/lesson/ingress-controller.ts'
import { anew, apply, type Case, json } from '../case.ts'

export const network: readonly Case[] = [
  // ---- no reply
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

  // ---- Ingress
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
]
