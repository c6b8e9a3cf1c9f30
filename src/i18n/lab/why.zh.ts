// 「为什么？」周围的词；原因本身的句子在 why.zh.ts。
import type { WhyWords } from './why.en.ts'

export const zh: WhyWords = {
  whyObject: '为什么 `{name}` 是 `{state}`？',
  whyName: '为什么 `{name}` 是这样？',
  whyRequest: '为什么 `{name}` 的请求没有结果？',
  whyOwnRequest: '为什么你的请求没有结果？',
  whyRefused: '为什么被拒绝？',
  whyRefusedOf: '为什么 `{name}` 被拒绝？',
  cure: '出路',
  goBack: '先退回去',
  put: '放进终端',
  proof: '怎么知道的，一步一步',
  cause: '原因：',
  alsoCause: '还有一个原因',
  missing: '`{name}` 不存在',
  unknown: '原因我不知道。不寻常的是：',
  nothing: '现在没有什么要回答的：没有东西出错，也没有东西等得太久。',
  now: '现在哪里不对',
  back: '现在所有不对的地方',
  others: '还有不对的',
  openFile: '在编辑器里打开',
}
