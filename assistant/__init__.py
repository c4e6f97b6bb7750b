"""绩效自评助手: the drafting assistant for 项目支出绩效自评表."""

__version__ = "0.1.0"
