// S5 and S6: a container ends again and again, or is not ready.
import type { Fault } from '../../../src/cluster/fault.ts'
import { anew, apply, type Case, json } from '../case.ts'

const silent: Fault = { type: 'kubelet-stopped', node: 'k8s-node2' }

export const running: readonly Case[] = [
  // ---- it ends again and again
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

  // ---- not ready
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
]
