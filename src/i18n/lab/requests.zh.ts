// Words of the requests in the lab.
import type { RequestWords } from './requests.en.ts'

export const requestWords: RequestWords = {
  none: '还没有请求。有谁来问（curl、wget、浏览器），就会显示在这里。',
  name: '名字 → 地址',
  resolves: '向 DNS 查询 {name}，DNS 在',
  service: 'Service',
  behind: '{name} 的端口 {port}：{total} 个 Pod 里 {ready} 个接收请求，从中选了一个',
  bare: '{name} 的端口 {port}',
  nodePort: '节点端口',
  hostPort: '主机端口',
  pod: 'Pod',
  server: '服务器',
  answer: '回答',
  noAnswer: '没有回答',
  notReached: '没有走到 {name}：它还没就绪，所以不接请求。',
  outcomes: {
    refused: '连接被拒绝：那里没有程序在听，或者 Service 后面没有 Pod。',
    timeout: '到时间了还没有回答：包丢在路上了。',
    'no-route': '没有通往这个地址的路。',
    reset: '连接被切断了。',
    'unknown-host': '没有谁认识这个名字。',
  },
}
