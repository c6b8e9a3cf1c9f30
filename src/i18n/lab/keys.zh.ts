// 实验台的按键：在哪里有效，做什么。
import type { KeyWords } from './keys.en.ts'

export const keys: KeyWords = {
  title: '实验台的按键',
  places: [
    {
      place: '到处',
      keys: [
        ['Ctrl `', '课文和实验台之间来回'],
        ['Tab', '任务栏、那句话、集群图、时间栏、标签页、最前面的内容'],
        ['Esc', '从说明回到集群图'],
      ],
    },
    {
      place: '集群图',
      keys: [
        ['← → ↑ ↓', '从一个走到另一个'],
        ['Home End', '第一个，最后一个'],
        ['Enter', '打开'],
      ],
    },
    {
      place: '时间栏的滑块',
      keys: [
        ['← →', '前一件事，后一件事'],
        ['Shift ← →', '前一条命令，后一条命令'],
        ['Home End', '开头，现在'],
      ],
    },
    {
      place: '终端',
      keys: [
        ['Tab', '补全'],
        ['↑ ↓', '以前敲过的'],
        ['Ctrl R', '找以前敲过的'],
        ['Ctrl C', '结束正在跑的'],
        ['Ctrl D', '结束它的输入'],
        ['Ctrl L', '清屏'],
        ['Ctrl A E K U W', '和 bash 一样'],
      ],
    },
    {
      place: '编辑器',
      keys: [
        ['Ctrl 空格', '这里可以写什么'],
        ['F1', '这个字段是什么'],
        ['Esc，Tab', '离开编辑器'],
      ],
    },
  ],
}
