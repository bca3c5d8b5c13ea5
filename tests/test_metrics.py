from prometheus_client import generate_latest

from bot.metrics import Metrics


def test_every_metric_is_shown_under_the_name_of_the_product_or_of_its_process() -> None:
    metrics = Metrics()
    metrics.sends.labels("telegram:1", "Receipt").inc()
    metrics.backlog.set(3)

    lines = generate_latest(metrics.registry).decode().splitlines()

    assert 'bantin_sends_total{account="telegram:1",outcome="Receipt"} 1.0' in lines
    assert "bantin_backlog_deliveries 3.0" in lines
    assert all(line.startswith(("#", "bantin_", "process_")) for line in lines)


def test_two_services_in_one_process_count_apart() -> None:
    assert Metrics().registry is not Metrics().registry
