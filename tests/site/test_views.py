import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "language", "direction"),
    [("/", "en", "ltr"), ("/ar/", "ar", "rtl"), ("/fr/", "fr", "ltr")],
)
def test_home_says_its_language_and_direction(client, path, language, direction):
    response = client.get(path)

    assert response.status_code == 200
    assert f'<html lang="{language}" dir="{direction}">' in response.content.decode()
