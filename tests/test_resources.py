from digitpad import resources
from digitpad.core.formats.inkml import read_labelled_inkml
from digitpad.resources import Folders


def test_everything_bundled_is_there() -> None:
    assert resources.bundled_model().is_file()
    assert list(resources.icons().glob("*.svg"))
    labels = {
        read_labelled_inkml(path.read_bytes(), path.name)[1]
        for path in resources.sample_ink().glob("*.inkml")
    }
    assert labels == set("0123456789")


def test_the_persons_folders_are_their_own() -> None:
    folders = Folders.of_user()
    assert len({folders.config, folders.data, folders.logs}) >= 2
    assert all(folder.is_absolute() for folder in (folders.config, folders.data, folders.logs))
