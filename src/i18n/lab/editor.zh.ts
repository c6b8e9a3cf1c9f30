import type { EditorWords } from './editor.en.ts'

export const editorZh: EditorWords = {
  propose: '补全',
  proposeKeys: 'Ctrl-空格',
  describe: '这是什么字段？',
  describeKeys: 'F1，或 Ctrl-K Ctrl-I',
  close: '关闭',
  required: '必填',
  ofCluster: '集群里有',
  ofText: '本文件',
  values: '可选值：{values}',
  default: '默认值：{value}',
  nothing: 'API 对这里没有说明。',
  fix: '改好',
  fixLabels: '给 Pod 加上选择器要的标签',
  fixSelector: '让选择器选 Pod 现有的标签',
  follows: '上面那条改好，这条也就没了',
  reason: '另一个解析器的说法：{reason}',
  tabs: '打开的文件',
  closeTab: '关闭 {file}',
  changed: '改过',
}
