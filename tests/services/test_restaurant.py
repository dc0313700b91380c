"""The restaurant's definition reads well, and its route follows the answers."""

from services.route import active_steps, predecessors


def test_the_form_asks_enough_and_most_of_it_comes_from_certificates(restaurant):
    sourced = [field for field in restaurant.form.fields if field.sources]
    assert len(restaurant.form.fields) >= 28
    assert len(sourced) >= 14


def test_a_small_place_without_a_sign_needs_no_fire_check_and_no_permit(restaurant):
    answers = {
        "situation": {"licence": "food"},
        "premises": {"area": 300},
        "signboard": {"wanted": False},
    }
    active = active_steps(restaurant.route, answers)
    assert [step.id for step in active] == ["survey", "food", "waste"]


def test_food_and_fire_wait_for_the_survey_and_nothing_else(restaurant):
    answers = {
        "situation": {"licence": "food"},
        "premises": {"area": 300.5},
        "fire": {"procedure": "general"},
        "signboard": {"wanted": True},
    }
    active = active_steps(restaurant.route, answers)
    waits = {step.id: predecessors(restaurant.route, step, active) for step in active}
    assert waits == {
        "survey": frozenset(),
        "food": {"survey"},
        "fire": {"survey"},
        "signage": frozenset(),
        "waste": frozenset(),
    }
