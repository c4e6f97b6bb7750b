"""The words that say which way a figure went from one time to another."""

from __future__ import annotations

UP = "增长|增加|上升|提高|提升|上涨|增多|增大|攀升|走高|上浮|进步|扩大"
DOWN = "下降|减少|降低|下滑|压减|压缩|缩减|削减|回落|下跌|缩水|走低|滑坡|退步"
UP_RATES = "增幅|涨幅|升幅|增速|增量"
DOWN_RATES = "降幅|跌幅|减幅"
MOVE = "变幅|变化|变动|波动|起伏|增减|浮动"
STILL = "(?:没有?|未|无|不)(?:发生)?(?:任何|什么)?(?:变化|变动|变)|持平|原地不动|相同|一样|一致|相等"
