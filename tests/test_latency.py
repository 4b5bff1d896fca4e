from digitpad.latency import PenToBars


def test_each_change_counts_until_a_repaint_shows_its_answer_or_a_newer_one() -> None:
    time = [0.0]
    meter = PenToBars(lambda: time[0])
    for request in (1, 2, 3):
        time[0] = request / 1000
        meter.changed(request, meter.now())
    assert meter.painted() == []
    meter.shown(2)
    time[0] = 0.005
    assert [round(ms, 6) for ms in meter.painted()] == [4, 3]
    assert meter.painted() == []
    meter.forget()
    meter.shown(3)
    assert meter.painted() == []
