/** What was concluded about one series, how sure that is, and why: findings with the evidence behind them. */
package dev.plumbline.core.finding;
